package io.chancery.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Sha256;
import io.chancery.audit.book.BookAudit;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Findings;
import io.chancery.audit.report.Progress;
import io.chancery.audit.rows.Snapshot;
import io.chancery.ledger.Event;
import io.chancery.ledger.EventKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries that were written before they carried whole certificates hold their hashes. */
class EntriesOfTheFirstFormTest {
  private static final Set<String> LATER =
      Set.of("der", "version", "idempotencyKey", "requestHash", "contact");

  @Test
  void areComparedByWhatTheyHold(@TempDir Path folder) throws Exception {
    AuditedWorld world = AuditedWorld.clone(folder);
    long revocation = world.leaf(EventKind.CERTIFICATE_REVOKED, 0);
    String serial = world.subject(revocation);
    for (EventKind kind :
        new EventKind[] {
          EventKind.CERTIFICATE_RESERVED,
          EventKind.CERTIFICATE_ISSUED,
          EventKind.CERTIFICATE_REVOKED
        }) {
      long leaf = world.leafOf(kind, serial);
      world.rewrite(leaf, firstForm(Event.parse(world.body(leaf))));
    }
    world.sql("delete from request_key where serial = ?", serial);
    Findings sound = new Findings(10);
    assertThat(book(world, sound).byHash()).isEqualTo(1);
    assertThat(sound.top()).isEmpty();

    world.sql("update certificate set status_version = 2 where serial = ?", serial);
    world.sql("update certificate set der = '\\x3000' where serial = ?", serial);
    Findings attacked = new Findings(10);
    book(world, attacked);
    assertThat(attacked.counts())
        .containsOnlyKeys(FindingKind.CERTIFICATE_DIFFERS, FindingKind.STATUS_DIFFERS);
  }

  private static BookAudit.Read book(AuditedWorld world, Findings findings) {
    try (Snapshot snapshot = new Snapshot(world.database()::connect)) {
      return new BookAudit(snapshot, findings, new Progress()).run();
    }
  }

  private static byte[] firstForm(Event event) {
    TreeMap<String, String> facts = new TreeMap<>(event.facts());
    if (event.kind() == EventKind.CERTIFICATE_RESERVED) {
      facts.put("tbs", Sha256.hex(event.octetsOf("tbs")));
    }
    facts.keySet().removeAll(LATER);
    Event old =
        new Event(
            event.at(), event.kind(), event.actor(), event.organization(), event.subject(), facts);
    return new String(old.body(), StandardCharsets.UTF_8)
        .replace("chancery-event-2", "chancery-event-1")
        .getBytes(StandardCharsets.UTF_8);
  }
}
