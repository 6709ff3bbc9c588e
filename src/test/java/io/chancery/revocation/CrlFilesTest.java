package io.chancery.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.x509.CrlScope;
import io.chancery.x509.IssuerName;
import io.chancery.x509.KeyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the folder after publications, restarts and accidents. */
class CrlFilesTest {
  private static final IssuerName ISSUER = new IssuerName("paper");
  private static final CrlSlot WHOLE = CrlSlot.complete(ISSUER, CrlScope.WHOLE);
  private static final KeyId KEY = CrlDoorTest.key('a');

  @TempDir Path folder;

  private Instant now = Instant.parse("2030-01-02T03:04:05Z");

  @Test
  void aRestartFindsWhatWasThere() throws Exception {
    CrlFiles before = open(KEY);
    offer(before, WHOLE, 7);
    offer(before, CrlSlot.delta(ISSUER), 8);
    offer(before, CrlSlot.complete(ISSUER, CrlScope.shard(3)), 2);
    CrlFiles after = open(KEY);
    assertThat(after.all()).containsExactlyInAnyOrderElementsOf(before.all().toList());
    assertThat(after.current(WHOLE).orElseThrow().gzip()).isPresent();
  }

  @Test
  void anOlderOneNeverTakesThePlaceOfANewerOne() throws Exception {
    CrlFiles files = open(KEY);
    offer(files, WHOLE, 7);
    offer(files, WHOLE, 6);
    offer(files, WHOLE, 7);
    assertThat(files.current(WHOLE).orElseThrow().crl().number()).isEqualTo(7);
    assertThat(names()).allMatch(name -> name.startsWith("paper.7."));
    assertThat(open(KEY).current(WHOLE).orElseThrow().crl().number()).isEqualTo(7);
  }

  /** A new authority of the same name begins at number 1. */
  @Test
  void crlsOfAnotherKeyAreNotServed() throws Exception {
    offer(open(KEY), WHOLE, 700);
    CrlFiles other = open(CrlDoorTest.key('b'));
    assertThat(other.current(WHOLE)).isEmpty();
    offer(other, WHOLE, 1);
    assertThat(other.current(WHOLE).orElseThrow().crl().number()).isEqualTo(1);
    offer(other, CrlSlot.complete(new IssuerName("stranger"), CrlScope.WHOLE), 1);
    assertThat(names()).allMatch(name -> name.startsWith("paper.1."));
  }

  @Test
  void whatWasCutOffIsNotServed() throws Exception {
    offer(open(KEY), WHOLE, 7);
    Files.write(folder.resolve("paper.7.crl"), new byte[10]);
    assertThat(open(KEY).current(WHOLE)).isEmpty();
    offer(open(KEY), WHOLE, 8);
    Files.writeString(folder.resolve("paper.8.properties"), "number=eight");
    assertThat(open(KEY).current(WHOLE)).isEmpty();
  }

  @Test
  void superseededOnesLeaveOnceTheirDownloadsAreDone() throws Exception {
    CrlFiles files = open(KEY);
    offer(files, WHOLE, 1);
    offer(files, WHOLE, 2);
    assertThat(names()).contains("paper.1.crl", "paper.2.crl");
    now = now.plus(Duration.ofMinutes(11));
    offer(files, WHOLE, 3);
    assertThat(names()).noneMatch(name -> name.startsWith("paper.1.")).contains("paper.2.crl");
  }

  @Test
  void whatIsNotOursStays() throws Exception {
    for (String name : new String[] {"notes.txt", "issuing.crl", "id.properties", "a.tmp"}) {
      Files.writeString(folder.resolve(name), "x");
    }
    Files.writeString(folder.resolve("draft123.tmp"), "x");
    open(KEY);
    assertThat(names())
        .containsExactlyInAnyOrder("notes.txt", "issuing.crl", "id.properties", "a.tmp");
  }

  private CrlFiles open(KeyId key) {
    return CrlFiles.open(folder, Map.of(ISSUER, key), () -> now);
  }

  private static void offer(CrlFiles files, CrlSlot slot, long number) throws IOException {
    byte[] octets = CrlDoorTest.octets(1000, number);
    Path draft = files.draft();
    Files.write(draft, octets);
    files.offer(CrlDoorTest.crl(slot, number, octets), draft);
  }

  private java.util.List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }
}
