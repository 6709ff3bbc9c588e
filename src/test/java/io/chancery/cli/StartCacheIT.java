package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The start cache of docs/adr/0015 is made, used, and stops no start when it is broken. */
class StartCacheIT {
  private static final String FROM_THE_CACHE =
      "io.chancery.cli.up.Announcement source: shared objects file";
  private static final String BOUNCY_CASTLE =
      "org.bouncycastle.jce.provider.BouncyCastleProvider source: shared objects file";

  private Path folder;

  @BeforeEach
  void newFolder() throws Exception {
    folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "cache-");
    for (Path one : caches()) {
      Files.delete(one);
    }
  }

  @AfterEach
  void endWhatIsLeft() {
    ProcessHandle.allProcesses()
        .filter(one -> one.info().commandLine().orElse("").contains(folder.toString()))
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void isMadeAfterAStartThenUsedAndABrokenOneStopsNothing() throws Exception {
    Path first;
    try (Script up = up("1")) {
      await("cache").atMost(Script.PATIENCE).until(() -> !caches().isEmpty() || !up.running());
      first = caches().getFirst();
      assertThat(Files.getPosixFilePermissions(first).toString()).doesNotContain("GROUP_WRITE");
      assertThat(up.terminate().exit()).as(up.said()).isZero();
    }
    try (Script up = up("2")) {
      assertThat(loaded("2")).contains(FROM_THE_CACHE, BOUNCY_CASTLE);
      Path startOnly = Path.of("src/main/jvm/start-only").toAbsolutePath();
      assertThat(up.arguments()).contains("-XX:CompileCommandFile=" + startOnly);
      assertThat(up.terminate().exit()).as(up.said()).isZero();
    }
    Files.write(first, new byte[1000]);
    try (Script up = up("3")) {
      assertThat(loaded("3")).doesNotContain("io.chancery.cli.up.Announcement source: shared");
      assertThat(up.said()).doesNotContain("[aot", "AOT cache", "warning");
      assertThat(up.terminate().exit()).as(up.said()).isZero();
    }
    Files.delete(first);
    Script.delete(folder);
  }

  private Script up(String number) {
    List<String> arguments = new ArrayList<>(List.of("up", "--data=" + folder.resolve("data")));
    arguments.addAll(Script.portOptions());
    Script up =
        Script.start(
            folder.resolve("up-" + number + ".log"),
            arguments,
            Map.of(
                "CHANCERY_START_CACHE",
                "on",
                "CHANCERY_JAVA_OPTS",
                "-Xlog:class+load:file=" + folder.resolve("classes-" + number)));
    await("up")
        .atMost(Script.PATIENCE)
        .until(() -> up.said().contains("Ctrl-C stops everything.") || !up.running());
    assertThat(up.running()).as("runs; it said: %s", up.said()).isTrue();
    return up;
  }

  private String loaded(String number) throws IOException {
    return Files.readString(folder.resolve("classes-" + number));
  }

  private static List<Path> caches() {
    try (Stream<Path> all = Files.list(Path.of("target"))) {
      return all.filter(one -> one.getFileName().toString().matches("start-.*\\.aot")).toList();
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }
}
