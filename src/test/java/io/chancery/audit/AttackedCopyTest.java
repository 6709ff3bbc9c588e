package io.chancery.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Report;
import io.chancery.ledger.note.Note;
import io.chancery.ledger.note.NoteKey;
import io.chancery.ledger.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Someone changes the files of the copy and leaves the database as it is. */
class AttackedCopyTest {
  private AuditedWorld world;

  @BeforeEach
  void prepare(@TempDir Path fresh) throws Exception {
    world = AuditedWorld.clone(fresh);
  }

  @Test
  void anEntryChangedInItsBundleIsNamed() throws Exception {
    change("tile/entries/002", 5000);
    Report report = world.auditCopyAlone();
    assertThat(report.counts()).containsOnlyKeys(FindingKind.ENTRY_DIFFERS);
    long leaf = Found.first(report).leaf().orElseThrow();
    assertThat(leaf).isBetween(512L, 530L);
    Found.only(world.audit(), FindingKind.ENTRY_DIFFERS, leaf);
  }

  @Test
  void anEntryChangedInTheLastBundleIsNamed() throws Exception {
    change("tile/entries/" + edge("tile/entries"), 15);
    Found.only(world.auditCopyAlone(), FindingKind.ENTRY_DIFFERS, 1024);
  }

  @Test
  void entriesThatChangedPlacesInTheirBundleAreNamed() throws Exception {
    Path file = world.file("tile/entries/001");
    byte[] octets = Files.readAllBytes(file);
    int first = 2 + length(octets, 0);
    int second = 2 + length(octets, first);
    byte[] swapped = octets.clone();
    System.arraycopy(octets, first, swapped, 0, second);
    System.arraycopy(octets, 0, swapped, second, first);
    Files.write(file, swapped);
    Report report = world.auditCopyAlone();
    assertThat(report.counts()).containsOnlyKeys(FindingKind.ENTRY_MOVED);
    Found.at(report, FindingKind.ENTRY_MOVED, 256);
    Found.at(report, FindingKind.ENTRY_MOVED, 257);
  }

  @Test
  void aBundleCutShortIsNamed() throws Exception {
    Path file = world.file("tile/entries/003");
    byte[] octets = Files.readAllBytes(file);
    int afterTwo = 2 + length(octets, 0);
    afterTwo += 2 + length(octets, afterTwo);
    Files.write(file, Arrays.copyOf(octets, afterTwo + 10));
    Report report = world.audit();
    Found.only(report, FindingKind.COPY_DIFFERS, 770);
    assertThat(Found.first(report).what()).contains("tile/entries/003").contains("cut short");
  }

  @Test
  void aBundleThatGoesOnIsNamed() throws Exception {
    Path file = world.file("tile/entries/003");
    byte[] octets = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(octets, octets.length + 1));
    Found.only(world.auditCopyAlone(), FindingKind.COPY_DIFFERS, 1023);
  }

  @Test
  void aMissingBundleAndAMissingTileAreNamed() throws Exception {
    Files.delete(world.file("tile/entries/001"));
    Found.only(world.audit(), FindingKind.COPY_MISSING, 256);
    Files.delete(world.file("tile/0/003"));
    Found.at(world.audit(), FindingKind.COPY_MISSING, 768);
    assertThat(world.auditCopyAlone().counts()).containsOnlyKeys(FindingKind.COPY_MISSING);
    Files.delete(world.file("tile/0/001"));
    Report lost = world.auditCopyAlone();
    Found.nowhere(lost, FindingKind.COPY_ROOT);
    Found.at(lost, FindingKind.COPY_MISSING, 256);
  }

  @Test
  void aTileCutShortIsNamed() throws Exception {
    Path file = world.file("tile/0/002");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100 * 32 + 7));
    Found.only(world.audit(), FindingKind.COPY_DIFFERS, 512 + 100);
  }

  @Test
  void aChangedTileOfEachLevelIsNamed() throws Exception {
    change("tile/0/002", 33);
    Found.only(world.audit(), FindingKind.COPY_DIFFERS, 513);
    change("tile/0/002", 33);
    change("tile/0/" + edge("tile/0"), 64);
    Found.only(world.audit(), FindingKind.COPY_DIFFERS, 1026);
    change("tile/0/" + edge("tile/0"), 64);
    change("tile/1/" + edge("tile/1"), 32);
    Found.only(world.audit(), FindingKind.COPY_DIFFERS, 256);
  }

  @Test
  void aCopyWrittenAnewIsNamedByItsRootAndByTheDatabase() throws Exception {
    byte[] checkpoint = Files.readAllBytes(world.file("checkpoint"));
    byte[] before = world.body(700);
    world.rewrite(700, world.edited(700, "contact", "m@evil.example"));
    ForgedChain.inCopy(world, ForgedChain.OTHERS_KEY);
    Files.write(world.file("checkpoint"), checkpoint);
    world.rewrite(700, before);
    Report report = world.audit();
    Found.nowhere(report, FindingKind.COPY_ROOT);
    Found.at(report, FindingKind.ENTRY_DIFFERS, 700);
  }

  @Test
  void aCheckpointOfAnotherKeyIsNamed() throws Exception {
    ForgedChain.inCopy(world, ForgedChain.OTHERS_KEY);
    Report report = world.audit();
    assertThat(report.counts()).containsOnlyKeys(FindingKind.CHECKPOINT_SIGNATURE);
    Files.writeString(world.file("checkpoint"), "no note");
    assertThat(world.audit().counts()).containsKey(FindingKind.CHECKPOINT_SIGNATURE);
  }

  @Test
  void anOlderCopyPutBackIsNamed() throws Exception {
    world.sql("update ledger_checkpoint set size = 900");
    ForgedChain.inCopy(world, AuditedWorld.signer());
    world.sql("update ledger_checkpoint set size = 1200");
    Found.at(world.audit(), FindingKind.COPY_BEHIND, 900);
  }

  @Test
  void theFullTileDoesForThePartialOne() throws Exception {
    // The service went on while the copy was read: the partial tiles gave way to wider ones.
    byte[] checkpoint = Files.readAllBytes(world.file("checkpoint"));
    CopyWriter more = new CopyWriter(world.copy(), tile -> {});
    long leaves = Long.parseLong(world.text("select max(leaf_index) + 1 from ledger_leaf"));
    for (long leaf = 0; leaf < leaves; leaf++) {
      more.add(world.body(leaf));
    }
    Files.delete(world.file("tile/entries/" + edge("tile/entries")));
    Files.delete(world.file("tile/0/" + edge("tile/0")));
    more.publish(AuditedWorld.signer());
    Files.write(world.file("checkpoint"), checkpoint);
    assertThat(world.audit().findings()).isEmpty();
  }

  @Test
  void tooFewWitnessesAreNamed() throws Exception {
    NoteSigner witness = CopyWriter.signer("witness.example", NoteKey.Type.COSIGNATURE_V1);
    NoteSigner other = CopyWriter.signer("other.example", NoteKey.Type.COSIGNATURE_V1);
    Note note = Note.parse(AuditedWorld.read(world.file("checkpoint")));
    Note cosigned = note.with(witness.cosign(note.text(), Instant.ofEpochSecond(1_780_000_000)));
    Files.write(world.file("checkpoint"), cosigned.octets());
    List<NoteKey> both = List.of(witness.key(), other.key());
    Optional<Path> copy = Optional.of(world.copy());
    assertThat(AuditedWorld.audit(copy, Optional.empty(), both, 1).findings()).isEmpty();
    Found.nowhere(
        AuditedWorld.audit(copy, Optional.empty(), both, 2), FindingKind.CHECKPOINT_SIGNATURE);
  }

  @Test
  void aCopyThatIsNotThereCannotBeVerified() throws Exception {
    Files.delete(world.file("checkpoint"));
    assertThatThrownBy(() -> world.audit())
        .isInstanceOfSatisfying(
            PkiException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Misconfigured.class));
  }

  private void change(String path, int at) throws IOException {
    byte[] octets = Files.readAllBytes(world.file(path));
    octets[at] ^= 1;
    Files.write(world.file(path), octets);
  }

  /** The partial tile at the right edge of a level. */
  private String edge(String folder) throws IOException {
    try (var partial = Files.list(world.file(folder))) {
      Path only = partial.filter(one -> one.toString().endsWith(".p")).toList().getFirst();
      try (var widths = Files.list(only)) {
        return only.getFileName() + "/" + widths.toList().getFirst().getFileName();
      }
    }
  }

  private static int length(byte[] bundle, int at) {
    return (bundle[at] & 0xFF) << 8 | (bundle[at + 1] & 0xFF);
  }
}
