package io.chancery.visibility;

import io.chancery.inventory.StatusChange;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the feed has told on this replica. */
@Singleton
public final class Heard {
  private final List<StatusChange> changes = new CopyOnWriteArrayList<>();

  void hear(@Observes StatusChanged news) {
    changes.addAll(news.changes());
  }

  public List<StatusChange> of(String serial) {
    return changes.stream().filter(change -> change.serial().hex().equals(serial)).toList();
  }
}
