package io.chancery.ledger.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.testing.Refusals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryPlaceTest {
  private static final byte[] ONE = "one".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TWO = "two".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private Place place;

  @BeforeEach
  void open() {
    place = new DirectoryPlace(folder);
  }

  @Test
  void whatIsWrittenIsReadAndNothingElseIsThere() throws IOException {
    place.write("tile/0/x001/234.p/17", ONE);
    place.replace("checkpoint", ONE);
    place.replace("checkpoint", TWO);
    assertThat(place.read("tile/0/x001/234.p/17")).hasValue(ONE);
    assertThat(place.read("checkpoint")).hasValue(TWO);
    assertThat(place.read("tile/0/x001/235")).isEmpty();
    assertThat(files()).containsExactlyInAnyOrder("tile/0/x001/234.p/17", "checkpoint");
  }

  @Test
  void theSameOctetsOnceMoreAreNoHarmAndOthersAreRefused() {
    place.write("tile/0/000", ONE);
    place.write("tile/0/000", ONE);
    assertThat(Refusals.of(() -> place.write("tile/0/000", TWO)))
        .isInstanceOf(Failure.Conflict.class);
    assertThat(place.read("tile/0/000")).hasValue(ONE);
  }

  @Test
  void manyAreWrittenAtOnceAndOneThatDiffersIsRefused() throws IOException {
    place.write("tile/0/001", TWO);
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 40; i++) {
      files.put("tile/entries/x%03d/000".formatted(i), ONE);
    }
    place.writeAll(files);
    place.writeAll(Map.of());
    assertThat(files.keySet()).allSatisfy(path -> assertThat(place.read(path)).hasValue(ONE));
    assertThat(Refusals.of(() -> place.writeAll(Map.of("tile/0/000", ONE, "tile/0/001", ONE))))
        .isInstanceOf(Failure.Conflict.class);
    assertThat(place.read("tile/0/001")).hasValue(TWO);
    assertThat(files()).hasSize(42);
  }

  @Test
  void ofManyWritersOfDifferentOctetsOneWinsAndTheOthersKnow() throws Exception {
    List<Callable<Boolean>> writers =
        IntStream.range(0, 16).mapToObj(i -> (Callable<Boolean>) () -> wins((byte) i)).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int won = 0;
      for (Future<Boolean> one : threads.invokeAll(writers)) {
        won += one.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
    assertThat(files()).containsExactly("tile/0/000");
  }

  private boolean wins(byte octet) {
    try {
      new DirectoryPlace(folder).write("tile/0/000", new byte[] {octet});
      return true;
    } catch (PkiException refused) {
      assertThat(refused.failure()).isInstanceOf(Failure.Conflict.class);
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "../x",
        "a/../b",
        "a//b",
        "a/",
        ".part-1",
        "a/.b",
        "a b",
        "a\nb"
      })
  void aPathThatCouldLeadElsewhereIsRefused(String path) {
    Refusals.malformed(() -> place.read(path));
    Refusals.malformed(() -> place.write(path, ONE));
    Refusals.malformed(() -> place.replace(path, ONE));
  }

  @Test
  void aDirectoryThatIsNotThereIsNotMade() {
    Path missing = folder.resolve("missing");
    Place place = new DirectoryPlace(missing);
    assertThat(Refusals.of(() -> place.read("checkpoint"))).isInstanceOf(Failure.Unavailable.class);
    assertThat(Refusals.of(() -> place.write("checkpoint", ONE)))
        .isInstanceOf(Failure.Unavailable.class);
    assertThat(missing).doesNotExist();
  }

  @Test
  void aDirectoryThatGoesAwayIsNotAnEmptyCopy() throws IOException {
    Path mount = Files.createDirectory(folder.resolve("mount"));
    Place mounted = new DirectoryPlace(mount);
    Files.delete(mount);
    assertThat(Refusals.of(() -> mounted.read("checkpoint")))
        .isInstanceOf(Failure.Unavailable.class);
    assertThat(Refusals.of(() -> mounted.write("checkpoint", ONE)))
        .isInstanceOf(Failure.Unavailable.class);
    assertThat(Refusals.of(() -> mounted.replace("checkpoint", ONE)))
        .isInstanceOf(Failure.Unavailable.class);
    assertThat(mount).doesNotExist();
  }

  @Test
  void aFileWhereAFolderBelongsIsUnavailableAndSaysWhich() {
    place.write("tile", ONE);
    Failure failure = Refusals.of(() -> place.write("tile/0/000", ONE));
    assertThat(failure).isInstanceOf(Failure.Unavailable.class);
    assertThat(failure.detail()).contains("tile/0/000").contains(folder.toString());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }
}
