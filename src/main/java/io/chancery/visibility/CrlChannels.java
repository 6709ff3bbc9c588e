package io.chancery.visibility;

import io.chancery.inventory.StatusChange;
import java.util.List;

/** Which CRLs will show a change: said by the room that publishes them. */
public interface CrlChannels {
  /** Their texts, as {@link Channel#text} has them; the fastest first. */
  List<String> of(StatusChange change);
}
