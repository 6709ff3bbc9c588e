package io.chancery.deploy;

import java.util.ArrayList;
import java.util.List;

/** Collects what breaks a rule. */
final class Findings {
  private final List<String> found = new ArrayList<>();

  Findings unless(boolean holds, String finding) {
    if (!holds) {
      found.add(finding);
    }
    return this;
  }

  List<String> list() {
    return List.copyOf(found);
  }
}
