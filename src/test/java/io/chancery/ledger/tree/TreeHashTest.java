package io.chancery.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Refusals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeHashTest {
  @Test
  void aHashCannotBeChangedFromOutside() {
    byte[] octets = TreeHash.EMPTY.octets();
    TreeHash hash = TreeHash.of(octets);
    octets[0]++;
    hash.octets()[1]++;
    assertThat(hash).isEqualTo(TreeHash.EMPTY).hasSameHashCodeAs(TreeHash.EMPTY);
    assertThat(TreeHash.parse(hash.base64())).isEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=",
        "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA=="
      })
  void onlyTheOneBase64OfThirtyTwoOctetsIsRead(String text) {
    Refusals.malformed(() -> TreeHash.parse(text));
  }

  @Test
  void otherLengthsAreRefused() {
    Refusals.malformed(() -> TreeHash.of(new byte[31]));
    Refusals.malformed(() -> TreeHash.of(new byte[33]));
  }
}
