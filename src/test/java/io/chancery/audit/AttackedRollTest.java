package io.chancery.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.audit.report.FindingKind;
import io.chancery.audit.report.Report;
import io.chancery.ledger.EventKind;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner of the database changes the roll, with the triggers switched off. */
class AttackedRollTest {
  private AuditedWorld world;

  @BeforeEach
  void prepare(@TempDir Path fresh) throws Exception {
    world = AuditedWorld.clone(fresh);
  }

  @Test
  void aSoundRollIsClean() {
    Report report = world.audit();
    assertThat(report.findings()).isEmpty();
    assertThat(report.isClean()).isTrue();
    assertThat(report.notCompared()).isEmpty();
    assertThat(report.facts())
        .containsEntry("not yet in the copy", "2")
        .containsEntry("waiting for a leaf", "2")
        .containsEntry("certificates compared", String.valueOf(AuditedWorld.CERTIFICATES + 2));
    assertThat(world.auditDatabaseAlone().findings()).isEmpty();
    assertThat(world.auditCopyAlone().findings()).isEmpty();
  }

  @Test
  void anEditedEntryIsNamed() {
    world.rewrite(700, world.edited(700, "contact", "mallory@evil.example"));
    Found.at(world.audit(), FindingKind.ENTRY_DIFFERS, 700);
    Report alone = world.auditDatabaseAlone();
    assertThat(alone.findings()).anyMatch(one -> one.leaf().orElse(-1) == 700);
  }

  @Test
  void anEntryEditedInItsHashColumnOnlyIsNamed() {
    world.sql(
        "update ledger_entry set hash = ? where id = (select entry from ledger_leaf where"
            + " leaf_index = 12)",
        new byte[32]);
    Found.only(world.audit(), FindingKind.ENTRY_COLUMNS, 12);
  }

  @Test
  void columnsThatSayAnotherThingThanTheBodyAreNamed() {
    world.sql(
        "update ledger_entry set actor = 'certificate:02', at = at + interval '1 second' where id ="
            + " (select entry from ledger_leaf where leaf_index = 9)");
    Report report = world.audit();
    Found.only(report, FindingKind.ENTRY_COLUMNS, 9);
    assertThat(report.found()).isEqualTo(2);
  }

  @Test
  void aDeletedEntryIsNamed() {
    long leaf = world.leaf(EventKind.CERTIFICATE_REVOKED, 3);
    world.sql(
        "delete from ledger_entry where id = (select entry from ledger_leaf where leaf_index = ?)",
        leaf);
    Found.at(world.audit(), FindingKind.ENTRY_MISSING, leaf);
    world.sql("delete from ledger_leaf where leaf_index = ?", leaf);
    Found.at(world.audit(), FindingKind.ENTRY_MISSING, leaf);
    Found.at(world.auditDatabaseAlone(), FindingKind.ENTRY_MISSING, leaf);
  }

  @Test
  void aDeletedEntryWhoseSuccessorsMoveUpIsNamed() {
    world.sql(
        "delete from ledger_entry where id = (select entry from ledger_leaf where leaf_index ="
            + " 1000)");
    world.sql("delete from ledger_leaf where leaf_index = 1000");
    world.sql("update ledger_leaf set leaf_index = leaf_index + 1000000 where leaf_index > 1000");
    world.sql(
        "update ledger_leaf set leaf_index = leaf_index - 1000001 where leaf_index > 1000000");
    Report report = world.audit();
    assertThat(report.firstLeaf()).hasValue(1000);
    assertThat(report.findings())
        .as("%s", report)
        .filteredOn(one -> one.kind() == FindingKind.ENTRY_MOVED)
        .singleElement()
        .satisfies(one -> assertThat(one.leaf()).hasValue(1000))
        .satisfies(one -> assertThat(one.what()).contains("leaf 1001").contains("up to 1262"));
  }

  @Test
  void twoEntriesInEachOthersPlaceAreNamed() {
    world.sql("update ledger_leaf set entry = -entry where leaf_index in (300, 301)");
    world.sql(
        "update ledger_leaf a set entry = -b.old from (select leaf_index, entry as old from"
            + " ledger_leaf where leaf_index in (300, 301)) b where a.leaf_index in (300, 301) and"
            + " a.leaf_index <> b.leaf_index");
    Report report = world.audit();
    Found.at(report, FindingKind.ENTRY_MOVED, 300);
    Found.at(report, FindingKind.ENTRY_MOVED, 301);
  }

  @Test
  void aRollWithoutItsBeginningIsNamed() {
    world.sql(
        "delete from ledger_entry where id in (select entry from ledger_leaf where leaf_index < 300)");
    world.sql("delete from ledger_leaf where leaf_index < 300");
    Report report = world.audit();
    Found.at(report, FindingKind.ENTRY_MISSING, 0);
    assertThat(Found.first(report).what()).contains("299");
  }

  @Test
  void aRollWithoutItsEndIsNamed() {
    world.sql(
        "delete from ledger_entry where id in (select entry from ledger_leaf where leaf_index >= 900)");
    world.sql("delete from ledger_leaf where leaf_index >= 900");
    Found.at(world.audit(), FindingKind.ENTRY_MISSING, 900);
    Found.at(world.auditDatabaseAlone(), FindingKind.ENTRY_MISSING, 900);
  }

  @Test
  void anEntryThatNothingPublishesIsNamed() {
    world.sql("delete from ledger_queue");
    Report report = world.audit();
    Found.nowhere(report, FindingKind.ENTRY_HIDDEN);
    assertThat(report.counts()).containsEntry(FindingKind.ENTRY_HIDDEN, 2L);
  }

  @Test
  void aWholeChainMadeAnewIsNamed() throws Exception {
    long leaf = world.leaf(EventKind.CERTIFICATE_REVOKED, 2);
    world.rewrite(leaf, world.edited(leaf, "reason", "superseded"));
    world.sql("update certificate set reason = 4 where serial = ?", world.subject(leaf));
    ForgedChain.inDatabase(world);
    Report report = world.audit();
    Found.at(report, FindingKind.ENTRY_DIFFERS, leaf);
    // Without the copy, the signature under the checkpoint is what the forger lacks.
    assertThat(world.auditDatabaseAlone().counts()).containsKey(FindingKind.CHECKPOINT_DIFFERS);
  }

  @Test
  void aWholeChainMadeAnewInTheCopyAsWellLacksTheSignature() throws Exception {
    long leaf = world.leaf(EventKind.CERTIFICATE_REVOKED, 2);
    world.rewrite(leaf, world.edited(leaf, "reason", "superseded"));
    world.sql("update certificate set reason = 4 where serial = ?", world.subject(leaf));
    ForgedChain.inDatabase(world);
    ForgedChain.inCopy(world, ForgedChain.OTHERS_KEY);
    Report report = world.audit();
    assertThat(Found.first(report).kind()).isEqualTo(FindingKind.CHECKPOINT_SIGNATURE);
    assertThat(report.counts()).doesNotContainKey(FindingKind.COPY_ROOT);
  }

  @Test
  void aChangedTileIsNamed() {
    byte[] tile =
        HexFormat.of()
            .parseHex(
                world.text(
                    "select encode(hashes, 'hex') from ledger_tile where level = 0 and n = 2"));
    tile[40] ^= 1;
    world.sql("update ledger_tile set hashes = ? where level = 0 and n = 2", tile);
    Found.only(world.audit(), FindingKind.TILE_DIFFERS, 513);
  }

  @Test
  void aTileTooFewAndATooManyAreNamed() {
    world.sql("delete from ledger_tile where level = 0 and n = 1");
    Found.only(world.audit(), FindingKind.TILE_DIFFERS, 256);
    world.sql("insert into ledger_tile select 0, 1, hashes from ledger_tile where n = 2");
    Found.at(world.audit(), FindingKind.TILE_DIFFERS, 256);
    world.sql("insert into ledger_tile select 0, 77, hashes from ledger_tile where n = 2");
    Found.nowhere(world.audit(), FindingKind.TILE_DIFFERS);
  }

  @Test
  void aChangedCheckpointIsNamed() {
    world.sql("update ledger_checkpoint set root = ?", new byte[32]);
    Report report = world.audit();
    Found.nowhere(report, FindingKind.CHECKPOINT_DIFFERS);
    assertThat(report.counts()).containsOnlyKeys(FindingKind.CHECKPOINT_DIFFERS);
  }

  @Test
  void aCheckpointWithAnotherSignatureIsNamed() {
    world.sql(
        """
        update ledger_checkpoint set note = overlay(note placing
          case substr(note, length(note) - 20, 1) when 'A' then 'B' else 'A' end
          from length(note) - 20 for 1)
        """);
    assertThat(Found.first(world.audit()).kind()).isEqualTo(FindingKind.CHECKPOINT_SIGNATURE);
  }

  @Test
  void aBodyThatIsNoEventIsNamed() {
    world.rewrite(33, "no event".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Report report = world.audit();
    Found.at(report, FindingKind.ENTRY_DIFFERS, 33);
    Found.at(report, FindingKind.ENTRY_UNREADABLE, 33);
  }
}
