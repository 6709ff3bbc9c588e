package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.chancery.enrolment.Enrolment;
import io.chancery.enrolment.EnrolmentRequest;
import io.chancery.testing.Book;
import io.chancery.testing.OwnRequests;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one certificate costs, counted where it is spent and not timed: whoever makes it dearer must
 * say so here. Nobody else is there, so that the caller's own thread does all of it but the
 * signature.
 */
@QuarkusTest
@WithTestResource(World.class)
class WhatAnIssuanceCostsTest {
  /**
   * The organization's rights; begin, what was asked before, what is written down, commit; begin,
   * the certificate, commit.
   */
  private static final int MESSAGES = 8;

  /** Twice what it is: 330,000 with compiled code. */
  private static final long OCTETS = 700_000;

  private static final String SENT = "jdk.SocketWrite";
  private static final int WARM = 40;
  private static final int COUNTED = 10;

  /** Ends what belongs to one certificate. */
  @Name("io.chancery.test.Issued")
  static final class Issued extends Event {}

  @Inject Enrolment enrolment;
  @Inject Book book;

  private final OwnRequests own = new OwnRequests("costs");

  @BeforeEach
  void everyPathHasBeenGone() {
    for (int i = 0; i < WARM; i++) {
      enrolment.issue(own.next());
    }
  }

  @Test
  void messagesToTheDatabase(@TempDir Path folder) throws Exception {
    List<EnrolmentRequest> requests = requests();
    Path file = folder.resolve("messages.jfr");
    try (Recording recording = new Recording()) {
      recording.enable(SENT).withoutThreshold().withoutStackTrace();
      recording.enable(Issued.class).withoutStackTrace();
      recording.start();
      requests.forEach(
          request -> {
            enrolment.issue(request);
            new Issued().commit();
          });
      recording.stop();
      recording.dump(file);
    }

    List<Integer> each = messages(file);
    assertThat(each).hasSize(COUNTED);
    // A connection that last served a job is told once more whom it serves now: not the median.
    assertThat(each.get(COUNTED / 2)).isBetween(1, MESSAGES);
  }

  @Test
  void transactionsAndSignatures() {
    List<EnrolmentRequest> requests = requests();

    String[] serials =
        requests.stream()
            .map(request -> enrolment.issue(request).serial().hex())
            .toArray(String[]::new);

    // An entry each before and after the signature, each in its deed's transaction, nothing else.
    assertThat(
            book.number(
                "select count(distinct xmin::text) from ledger_entry where subject = any (?)",
                (Object) serials))
        .isEqualTo(2 * COUNTED);
    assertThat(
            book.number(
                "select count(*) from ledger_entry where subject = any (?)", (Object) serials))
        .isEqualTo(2 * COUNTED);
  }

  @Test
  void octetsOfTheHeap() {
    List<EnrolmentRequest> requests = requests();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    requests.forEach(enrolment::issue);
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / COUNTED;

    assertThat(each).isBetween(1L, OCTETS);
  }

  /** How many this thread sent for each certificate, the fewest first. */
  private static List<Integer> messages(Path file) throws IOException {
    String me = Thread.currentThread().getName();
    List<RecordedEvent> mine =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> me.equals(event.getThread().getJavaName()))
            .sorted(Comparator.comparing(RecordedEvent::getStartTime))
            .toList();
    List<Integer> each = new ArrayList<>();
    int sent = 0;
    for (RecordedEvent event : mine) {
      if (event.getEventType().getName().equals(SENT)) {
        sent++;
      } else {
        each.add(sent);
        sent = 0;
      }
    }
    Collections.sort(each);
    return each;
  }

  private List<EnrolmentRequest> requests() {
    return Stream.generate(own::next).limit(COUNTED).toList();
  }
}
