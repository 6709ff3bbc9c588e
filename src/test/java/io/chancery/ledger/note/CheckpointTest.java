package io.chancery.ledger.note;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.ledger.tree.TreeHash;
import io.chancery.testing.Refusals;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final TreeHash ROOT = TreeHash.leaf(new byte[] {1});

  @Test
  void whatIsWrittenIsReadBack() {
    Checkpoint plain = Checkpoint.of("chancery.internal/ab", Long.MAX_VALUE, ROOT);
    Checkpoint more = new Checkpoint("o", 7, ROOT, List.of("one", "two three"));
    assertThat(Checkpoint.parse(plain.text())).isEqualTo(plain);
    assertThat(Checkpoint.parse(more.text())).isEqualTo(more);
    assertThat(more.text()).isEqualTo("o\n7\n" + ROOT.base64() + "\none\ntwo three\n");
    assertThat(Checkpoint.of("o", 0, TreeHash.EMPTY).text()).startsWith("o\n0\n47DEQpj8HBSa+/TIm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "o\n7\n",
        "o\n7\nROOT",
        "\n7\nROOT\n",
        "o\n07\nROOT\n",
        "o\n+7\nROOT\n",
        "o\n-7\nROOT\n",
        "o\n 7\nROOT\n",
        "o\n\u0667\nROOT\n",
        "o\n\nROOT\n",
        "o\n9223372036854775808\nROOT\n",
        "o\n99999999999999999999\nROOT\n",
        "o\n0\nROOT\n",
        "o\n7\nROOT=\n",
        "o\n7\nAAAA\n",
        "o\n7\nROOT\n\n",
        "o\n7\nROOT\n\none\n",
        "o\r\n7\r\nROOT\r\n"
      })
  void everythingElseIsRefused(String text) {
    Refusals.malformed(() -> Checkpoint.parse(text.replace("ROOT", ROOT.base64())));
  }

  @Test
  void noCheckpointSaysWhatNoneCanSay() {
    Refusals.malformed(() -> Checkpoint.of("o", -1, ROOT));
    Refusals.malformed(() -> Checkpoint.of("o", 0, ROOT));
    Refusals.malformed(() -> Checkpoint.of("", 1, ROOT));
    Refusals.malformed(() -> Checkpoint.of("o\n9", 1, ROOT));
    Refusals.malformed(() -> new Checkpoint("o", 1, ROOT, List.of("")));
  }
}
