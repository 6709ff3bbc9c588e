package io.chancery.ledger.note;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.ledger.tree.TreeHash;
import io.chancery.testing.Refusals;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CosignatureTest {
  private static final Instant AT = Instant.ofEpochSecond(1_679_315_147);
  private static final String TEXT = Checkpoint.of("o", 7, TreeHash.leaf(new byte[1])).text();

  private final NoteSigner log = Signers.log("o");
  private final NoteSigner witness = Signers.witness("w.example/1");
  private final Note note = Note.unsigned(TEXT).with(log.sign(TEXT)).with(witness.cosign(TEXT, AT));

  @Test
  void aWitnessSaysWhenItSawWhat() {
    Note read = Note.parse(note.octets());
    List<NoteSignature> good = read.verified(List.of(log.key(), witness.key()));
    assertThat(good).hasSize(2);
    assertThat(Cosignature.at(good.get(1))).isEqualTo(AT);
    assertThat(new String(Cosignature.message(AT.getEpochSecond(), TEXT), StandardCharsets.UTF_8))
        .startsWith("cosignature/v1\ntime 1679315147\no\n7\n");
  }

  @Test
  void everyFlippedBitOfTimeOrSignatureIsNoticed() {
    NoteSignature good = note.signatures().get(1);
    for (int bit = 0; bit < good.octets().length * 8; bit++) {
      byte[] flipped = good.octets();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      NoteSignature bad = new NoteSignature(good.name(), good.keyId(), flipped);
      assertThat(witness.key().holds(TEXT, bad)).isFalse();
    }
    for (int length = 0; length < 80; length += 7) {
      NoteSignature bad = new NoteSignature(good.name(), good.keyId(), new byte[length]);
      assertThat(witness.key().holds(TEXT, bad)).isFalse();
    }
    assertThat(witness.key().holds(TEXT + "more\n", good)).isFalse();
  }

  @Test
  void aSignatureIsOneKindOnly() {
    NoteKey asLog = Signers.of("w.example/1", NoteKey.Type.ED25519, new byte[32]).key();
    NoteKey asWitness = Signers.of("w.example/1", NoteKey.Type.COSIGNATURE_V1, new byte[32]).key();
    assertThat(asLog.id()).isNotEqualTo(asWitness.id());
    assertThat(asWitness).isEqualTo(NoteKey.parse(asWitness.vkey())).isNotEqualTo(asLog);
    assertThat(Refusals.of(() -> log.cosign(TEXT, AT))).isInstanceOf(Failure.BrokenPromise.class);
    assertThat(Refusals.of(() -> witness.sign(TEXT))).isInstanceOf(Failure.BrokenPromise.class);
  }

  @Test
  void aTokenThatSignsWithAnotherKeyIsFoundBeforeAnyoneElseDoes() {
    NoteSigner wrong = new NoteSigner(log.key(), Signers.log("other").signing());
    assertThat(Refusals.of(() -> wrong.sign(TEXT))).isInstanceOf(Failure.BrokenPromise.class);
  }
}
