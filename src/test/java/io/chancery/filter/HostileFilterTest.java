package io.chancery.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chancery.filter.RevocationFilter.Reason;
import io.chancery.filter.RevocationFilter.RefusedException;
import io.chancery.ledger.note.NoteKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in place of a filter is refused, quickly and in a typed way. */
@Timeout(60)
class HostileFilterTest {
  private static final String KEY = Filtered.SIGNER.key().vkey();
  private static final Filtered FILTERED = Filtered.of(1, 2000, 150);

  @Test
  void everyFlippedOctetIsRefused() {
    byte[] file = FILTERED.file();
    for (int i = 0; i < file.length; i++) {
      byte[] flipped = file.clone();
      flipped[i] ^= (byte) (1 + i % 255);
      assertThat(refused(flipped, KEY)).as("octet %s", i).isIn(Reason.MALFORMED, Reason.SIGNATURE);
    }
  }

  @Test
  void everyCutIsRefused() {
    byte[] file = FILTERED.file();
    for (int length = 0; length < file.length; length++) {
      assertThat(refused(Arrays.copyOf(file, length), KEY)).as("%s octets", length).isNotNull();
    }
    assertThat(refused(Arrays.copyOf(file, file.length + 1), KEY)).isEqualTo(Reason.SIGNATURE);
  }

  /** Past the signature, as if the authority itself had signed nonsense. */
  @Test
  void aSignedBodyOfNonsenseIsRefusedOrRead() {
    Random random = new Random(3);
    for (int round = 0; round < 800; round++) {
      byte[] body = FILTERED.body().clone();
      for (int i = 0; i <= round % 4; i++) {
        body[random.nextInt(round % 2 == 0 ? 40 : body.length)] = (byte) random.nextInt();
      }
      byte[] file = new Filtered(1, 2000, 150, body).file();
      try {
        RevocationFilter filter = RevocationFilter.open(file, KEY);
        Filtered.each(1, 50, key -> assertThat(filter.lookUp(key)).isNotNull());
      } catch (RefusedException refused) {
        assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
      }
    }
  }

  @Test
  void aSignedBodyThatClaimsToBeHugeTakesNoMemory() {
    for (int blocks : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 20}) {
      byte[] body =
          ByteBuffer.allocate(40).putInt(1000).putInt(10).put((byte) 32).putInt(blocks).array();
      assertThat(refused(new Filtered(1, 1000, 10, body).file(), KEY)).isEqualTo(Reason.MALFORMED);
    }
  }

  @Test
  void anotherKeyHasNotSignedIt() throws Exception {
    var other = java.security.KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    NoteKey sameName =
        NoteKey.of(Filtered.SIGNER.key().name(), NoteKey.Type.ED25519, other.getPublic());
    assertThat(refused(FILTERED.file(), sameName.vkey())).isEqualTo(Reason.SIGNATURE);
    NoteKey witness =
        NoteKey.of("chancery.internal/test", NoteKey.Type.COSIGNATURE_V1, other.getPublic());
    assertThat(refused(FILTERED.file(), witness.vkey())).isEqualTo(Reason.SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+", "++", "a+b", "a+00000000+", "a+00000000+AAAA", "a+0+!!!", "+++"})
  void aKeyThatIsNoneIsRefused(String vkey) {
    assertThat(refused(FILTERED.file(), vkey)).isIn(Reason.MALFORMED, Reason.SIGNATURE);
  }

  /** What the same key signs elsewhere: a checkpoint must not be a filter, nor the other way. */
  @Test
  void aCheckpointIsNoFilterAndAFilterNoCheckpoint() {
    String text = "chancery.internal/test\n5\nAAAA\n";
    String note = text + "\n" + Filtered.SIGNER.sign(text).line();
    byte[] octets = note.getBytes(StandardCharsets.UTF_8);
    byte[] file =
        ByteBuffer.allocate(10 + octets.length)
            .put(RevocationFilter.MAGIC)
            .putShort((short) octets.length)
            .put(octets)
            .array();
    assertThat(refused(file, KEY)).isEqualTo(Reason.MALFORMED);
    assertThat(
            catchThrowableOfType(
                io.chancery.PkiException.class,
                () -> io.chancery.ledger.note.Checkpoint.parse(FILTERED.facts().text())))
        .isNotNull();
    // C2SP signed-note, Format: a key's name has no space, and an origin is one.
    assertThat(RevocationFilter.TITLE).contains(" ");
  }

  private static Reason refused(byte[] file, String vkey) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> RevocationFilter.open(file, vkey));
    assertThat(refused).as("a file that must not be read").isNotNull();
    return refused.reason();
  }
}
