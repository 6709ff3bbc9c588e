package io.chancery.hsm;

import io.chancery.hsm.crew.Share;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What of the tokens is worth a line in a graph. */
final class HsmMeters {
  private HsmMeters() {}

  static void register(Hsm hsm, MeterRegistry meters) {
    int tokens = hsm.tokens().size();
    for (int i = 0; i < tokens; i++) {
      gauge(hsm, meters, i, "up", "whether callers are let through", t -> t.works() ? 1 : 0);
      gauge(hsm, meters, i, "trouble", "whether anything is wrong with it", HsmMeters::trouble);
      gauge(hsm, meters, i, "hung", "calls given up that have not come back", TokenStanding::hung);
      gauge(hsm, meters, i, "away.since", "when it went away, or 0", HsmMeters::since);
    }
    for (Share share : Share.values()) {
      Gauge.builder("chancery.hsm.waiting", hsm, one -> one.waiting().getOrDefault(share, 0))
          .tag("share", share.name().toLowerCase(Locale.ROOT))
          .description("signatures that wait for a session")
          .register(meters);
    }
  }

  private static void gauge(
      Hsm hsm,
      MeterRegistry meters,
      int token,
      String name,
      String what,
      ToDoubleFunction<TokenStanding> value) {
    Gauge.builder("chancery.hsm." + name, hsm, one -> value.applyAsDouble(one.tokens().get(token)))
        .tag("token", String.valueOf(token))
        .description(what)
        .register(meters);
  }

  private static double trouble(TokenStanding token) {
    return token.trouble().isPresent() ? 1 : 0;
  }

  private static double since(TokenStanding token) {
    return token.since().map(at -> at.toEpochMilli() / 1000.0).orElse(0.0);
  }
}
