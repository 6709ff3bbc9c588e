package io.chancery.ocsp;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** The operator's words about OCSP. */
@ConfigMapping(prefix = "chancery.ocsp")
interface OcspConfig {
  /** How long an answer that was asked for may be used: nextUpdate is thisUpdate plus this. */
  @WithDefault("1H")
  Duration lifetime();

  /** How long a shared cache may keep an answer to a GET (RFC 5019 s6.2). */
  @WithDefault("10s")
  Duration cacheable();

  /** The same of an answer about a serial that was never issued: it may be issued any moment. */
  @WithDefault("2s")
  Duration cacheableNever();

  /** How far back certificates that have ended are answered for (RFC 6960 s4.4.4). */
  @WithDefault("P365D")
  Duration archive();

  /**
   * What memory knows may be so old when a fresh answer is signed from it; else the book is asked.
   */
  @WithDefault("1s")
  Duration trusted();

  /** The issuers whose answers are made ahead: `all`, `none`, or their names. */
  @WithDefault("all")
  List<String> ahead();

  /** How long an answer that was made ahead may be used; made again before half of it. */
  @WithDefault("24H")
  Duration aheadLifetime();

  /** How many answers a second are made ahead at most; changes of status are made besides. */
  @WithDefault("200")
  int aheadRate();

  /** How often each replica looks for answers that others have made. */
  @WithDefault("1s")
  Duration look();
}
