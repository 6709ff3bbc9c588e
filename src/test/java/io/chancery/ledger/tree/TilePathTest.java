package io.chancery.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.testing.Refusals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {
  @Test
  void pathsAreThoseOfTheSpecification() {
    assertThat(TilePath.parse("tile/0/x001/x234/067"))
        .isEqualTo(new TilePath.Hashes(0, 1_234_067, 256));
    assertThat(TilePath.parse("tile/63/000.p/17")).isEqualTo(new TilePath.Hashes(63, 0, 17));
    assertThat(TilePath.parse("tile/entries/x999/000.p/255"))
        .isEqualTo(new TilePath.Entries(999_000, 255));
    assertThat(new TilePath.Entries(1_234_067, 256)).hasToString("tile/entries/x001/x234/067");
    assertThat(new TilePath.Hashes(0, (1L << 55) - 1, 256))
        .hasToString("tile/0/x036/x028/x797/x018/x963/967");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile",
        "tile/0/",
        "tile/0/67",
        "tile/0/0067",
        "tile/00/067",
        "tile/64/067",
        "tile/-1/067",
        "tile/0/x000/067",
        "tile/0/001/067",
        "tile/0/x001/x234",
        "tile/0/067.p/0",
        "tile/0/067.p/256",
        "tile/0/067.p/01",
        "tile/0/067.p/999",
        "tile/0/067.p/",
        "tile/0/067.p",
        "/tile/0/067",
        "tile/0/067/",
        "tile/0/067\n",
        "tile/0/../067",
        "tile/entries/../../067",
        "tile/data/067",
        "tile/0/x999/x999/x999/x999/x999/999",
        "tile/0/x001/x001/x001/x001/x001/x001/001",
        "tile/0/\u0660\u0660\u0661",
        "TILE/0/067"
      })
  void whatIsNotExactlyOnePathIsRefused(String text) {
    Refusals.malformed(() -> TilePath.parse(text));
  }

  @Test
  void everyPathReadsBack() {
    for (long n = 1; n > 0 && n < 1L << 55; n = n * 7 + 3) {
      for (int width : new int[] {1, 9, 10, 255, 256}) {
        TilePath hashes = new TilePath.Hashes(3, n, width);
        TilePath entries = new TilePath.Entries(n, width);
        assertThat(TilePath.parse(hashes.toString())).isEqualTo(hashes);
        assertThat(TilePath.parse(entries.toString())).isEqualTo(entries);
      }
    }
  }
}
