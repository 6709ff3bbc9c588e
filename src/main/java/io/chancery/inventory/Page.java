package io.chancery.inventory;

import java.util.List;
import java.util.Optional;

/** Part of an answer, and where the next part begins. */
public record Page(List<Entry> entries, Optional<Query.Cursor> next) {
  public Page {
    entries = List.copyOf(entries);
  }
}
