package io.chancery.ledger.note;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes that others have made: Go's reference implementation, and the specifications' examples. */
class ForeignNotesTest {
  private static final String VKEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String TEXT =
      "If you think cryptography is the answer to your problem,\n"
          + "then you don't know what your problem is.\n";
  private static final String NOTE =
      TEXT
          + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
          + "KvqfqdngotpRZb6KE6RyyBwJnAM=\n";
  private static final String SOFA =
      """
      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      \u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5\
      /Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
      \u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dl\
      rDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
      """;

  private final NoteKey peter = NoteKey.parse(VKEY);

  @Test
  void theNoteOfGoVerifies() {
    Note note = Note.parse(octets(NOTE));
    assertThat(note.text()).isEqualTo(TEXT);
    assertThat(note.isSignedBy(peter)).isTrue();
    assertThat(note.verified(List.of(peter))).hasSize(1);
    assertThat(note).hasToString(NOTE);
  }

  @Test
  void theKeyOfGoMakesTheSameNote() {
    byte[] seed = Base64.getDecoder().decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
    NoteSigner signer =
        Signers.of("PeterNeumann", NoteKey.Type.ED25519, Arrays.copyOfRange(seed, 1, 33));
    assertThat(signer.key()).isEqualTo(peter);
    assertThat(Note.unsigned(TEXT).with(signer.sign(TEXT))).hasToString(NOTE);
  }

  @Test
  void noPartOfAKeyIsAKeyAndNoOtherCharacterEither() {
    for (int from = 0; from <= VKEY.length(); from++) {
      for (int to = from + 1; to <= VKEY.length(); to++) {
        String part = VKEY.substring(from, to);
        if (!part.equals(VKEY)) {
          Refusals.malformed(() -> NoteKey.parse(part));
        }
      }
    }
    for (int i = 0; i < VKEY.length(); i++) {
      char[] other = VKEY.toCharArray();
      other[i]++;
      Refusals.malformed(() -> NoteKey.parse(new String(other)));
    }
    assertThat(peter.vkey()).isEqualTo(VKEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter\u00a0Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "++"
      })
  void keysOfTheWrongLengthTypeOrNameAreRefused(String vkey) {
    Refusals.malformed(() -> NoteKey.parse(vkey));
  }

  @Test
  void everyFlippedBitOfANoteIsNoticed() {
    byte[] octets = octets(NOTE);
    for (int bit = 0; bit < octets.length * 8; bit++) {
      byte[] flipped = octets.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Failure failure = Refusals.of(() -> Note.parse(flipped).verified(List.of(peter)));
      assertThat(failure).isInstanceOfAny(Failure.Malformed.class, Failure.Refused.class);
    }
  }

  @Test
  void everyCutNoteIsRefused() {
    byte[] octets = octets(NOTE);
    for (int cut = 0; cut < octets.length; cut++) {
      byte[] part = Arrays.copyOf(octets, cut);
      Refusals.malformed(() -> Note.parse(part));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n",
        "text\n\n",
        "text\n\u2014 name AAAAAAA=\n",
        "text\n\n\u2014 name AAAAAAA=",
        "text\n\n\u2014 name AAAAAA==\n",
        "text\n\n\u2014 name AAAAAAB=\n",
        "text\n\n\u2014 name AAAAAAA\n",
        "text\n\n\u2014 na+me AAAAAAA=\n",
        "text\n\n\u2014 na me AAAAAAA=\n",
        "text\n\n\u2014  AAAAAAA=\n",
        "text\n\n\u2014 AAAAAAA=\n",
        "text\n\n- name AAAAAAA=\n",
        "te\rxt\n\n\u2014 name AAAAAAA=\n",
        "te\tx\n\n\u2014 name AAAAAAA=\n",
        "text\n\n\u2014 name AAAAAAA=\nmore\n"
      })
  void whatIsNoNoteIsRefused(String text) {
    Refusals.malformed(() -> Note.parse(octets(text)));
  }

  @Test
  void theTextMayHaveEmptyLinesOfItsOwn() {
    Note note = Note.parse(octets("one\n\n\ntwo\n\n\u2014 name AAAAAAA=\n"));
    assertThat(note.text()).isEqualTo("one\n\n\ntwo\n");
    assertThat(note.signatures()).hasSize(1);
  }

  @Test
  void tooManySignaturesAndTooManyOctetsAreRefused() {
    String line = "\u2014 name AAAAAAA=\n";
    assertThat(Note.parse(octets("text\n\n" + line.repeat(100))).signatures()).hasSize(100);
    assertThat(Refusals.of(() -> Note.parse(octets("text\n\n" + line.repeat(101)))))
        .isInstanceOf(Failure.TooLarge.class);
    assertThat(Refusals.of(() -> Note.parse(new byte[300_000])))
        .isInstanceOf(Failure.TooLarge.class);
  }

  @Test
  void strangersArePassedOverAndForgersRefuseTheNote() {
    NoteSigner stranger = Signers.log("PeterNeumann");
    Note both = Note.parse(octets(NOTE)).with(stranger.sign(TEXT));
    assertThat(both.verified(List.of(peter))).hasSize(1);
    assertThat(Refusals.of(() -> both.verified(List.of()))).isInstanceOf(Failure.Refused.class);
    NoteSignature forged = new NoteSignature("PeterNeumann", peter.id(), new byte[64]);
    Note wrong = Note.parse(octets(NOTE)).with(forged);
    assertThat(wrong.isSignedBy(peter)).isFalse();
    assertThat(Refusals.of(() -> wrong.verified(List.of(peter))))
        .isInstanceOf(Failure.Refused.class);
  }

  @Test
  void theCheckpointOfTheSpecificationIsReadAndWrittenAlike() {
    Note note = Note.parse(octets(SOFA));
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(checkpoint.size()).isEqualTo(20_852_163);
    assertThat(checkpoint.text()).isEqualTo(note.text());
    assertThat(note).hasToString(SOFA);
    // tlog-cosignature, Ed25519 signed message: the example's line is "time 1679315147".
    assertThat(Cosignature.at(note.signatures().get(1)).getEpochSecond()).isEqualTo(1_679_315_147);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
