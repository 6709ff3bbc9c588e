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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new user's first hour, with the real script: up, demo, stop, and up again. */
class UpAndDemoIT {
  private static final Pattern BACKGROUND = Pattern.compile("(?m)^ +\\[1\\] ([0-9]+)$");

  /** SCHED_BATCH of sched.h. */
  private static final int BATCH = 3;

  private Path folder;
  private Path data;

  @BeforeEach
  void newFolder() throws Exception {
    folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "it-");
    data = folder.resolve("data");
  }

  /** Only after a failure there is anything to end; the folder tells them from all others. */
  @AfterEach
  void endWhatIsLeft() {
    ofThisInstance().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void fromNothingToARunningAuthorityAndBack() throws Exception {
    try (Script up = up("up-1.log", Map.of())) {
      assertThat(policies()).containsOnly(hasChrt() ? BATCH : ownPolicy());
      aSecondInstanceOnTheSameDataIsRefused();
      demo("demo-nginx.log", "--server=any");
      demo("demo-openssl.log", "--server=openssl");
      stops(up);
    }
    demoSaysWhatToStart();
    // What was made stays: the same root, and a token that still works.
    String root = text(data.resolve("trust/root.pem"));
    try (Script again = up("up-2.log", Map.of("CHANCERY_BATCH", "off"))) {
      assertThat(policies()).containsOnly(ownPolicy());
      assertThat(again.said()).doesNotContain("ceremony: made");
      assertThat(text(data.resolve("trust/root.pem"))).isEqualTo(root);
      demo("demo-again.log", "--server=any");
      new HiddenSecrets(data, again.said()).mustBeHidden(ofThisInstance());
      stops(again);
    }
    // A failure leaves the data beside the logs, to be looked at.
    Script.delete(data);
  }

  private Script up(String log, Map<String, String> environment) {
    Script up = Script.start(folder.resolve(log), upArguments(), environment);
    await("up")
        .atMost(Script.PATIENCE)
        .until(() -> up.said().contains("Ctrl-C stops everything.") || !up.running());
    assertThat(up.running()).as("runs; it said: %s", up.said()).isTrue();
    return up;
  }

  private List<String> upArguments() {
    List<String> arguments = new ArrayList<>(List.of("up", "--data=" + data));
    arguments.addAll(Script.portOptions());
    return arguments;
  }

  private void aSecondInstanceOnTheSameDataIsRefused() {
    Script second = Script.run(folder.resolve("second.log"), upArguments());
    assertThat(second.exit()).as(second.said()).isEqualTo(1);
    assertThat(second.said()).contains("is in use by another instance (pid ");
  }

  private void demo(String log, String server) {
    Script demo = Script.run(folder.resolve(log), List.of("demo", "--data=" + data, server));
    assertThat(demo.exit()).as("exit code of the demo; it said: %s", demo.said()).isZero();
    assertThat(demo.said())
        .contains("All 10 steps went as told.")
        .doesNotContain("WRONG")
        .doesNotContain(text(data.resolve("enrol.token")).strip());
    assertThat(demo.said().lines()).allMatch(line -> line.length() <= 100);

    Matcher started = BACKGROUND.matcher(demo.said());
    assertThat(started.find()).as("the demo starts a web server").isTrue();
    started
        .results()
        .forEach(
            pid ->
                assertThat(ProcessHandle.of(Long.parseLong(pid.group(1))))
                    .as("web server")
                    .isEmpty());
    assertThat(folderOf(demo)).doesNotExist();
  }

  private void demoSaysWhatToStart() {
    Script demo = Script.run(folder.resolve("demo-alone.log"), List.of("demo", "--data=" + data));
    assertThat(demo.exit()).isEqualTo(1);
    assertThat(demo.said()).contains("start it with: ./chancery up --data " + data).hasLineCount(1);
  }

  private void stops(Script up) {
    assertThat(ofThisInstance()).as("the service and its database").isNotEmpty();
    up.terminate();
    assertThat(up.exit()).as("exit code of up; it said: %s", up.said()).isZero();
    assertThat(ofThisInstance()).as("processes that were left").isEmpty();
    assertThat(data.resolve("pg/postmaster.pid")).doesNotExist();
  }

  /** Every process of the instance has the data directory on its command line. */
  private List<ProcessHandle> ofThisInstance() {
    return ProcessHandle.allProcesses()
        .filter(one -> one.info().commandLine().orElse("").contains(folder.toString()))
        .toList();
  }

  /** Under which the service and its database are given processors: sched(7). */
  private List<Integer> policies() {
    return ofThisInstance().stream().map(one -> policy(Long.toString(one.pid()))).toList();
  }

  private static int ownPolicy() {
    return policy("self");
  }

  /** The 41st field of proc_pid_stat(5); the second is a name in brackets. */
  private static int policy(String pid) {
    String stat = text(Path.of("/proc", pid, "stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[38]);
  }

  private static boolean hasChrt() throws Exception {
    try {
      return new ProcessBuilder("chrt", "--batch", "0", "true").start().waitFor() == 0;
    } catch (IOException isNotThere) {
      return false;
    }
  }

  private static Path folderOf(Script demo) {
    Matcher said = Pattern.compile("(?m)^In (\\S+)").matcher(demo.said());
    assertThat(said.find()).isTrue();
    return Path.of(said.group(1));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }
}
