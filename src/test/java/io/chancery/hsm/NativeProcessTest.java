package io.chancery.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeProcessTest {
  @TempDir Path folder;

  @Test
  void theUserIsWhoOwnsWhatThisProcessMakes() throws Exception {
    Path made = Files.createFile(folder.resolve("made"));
    assertThat(NativeProcess.user()).isEqualTo(Files.getAttribute(made, "unix:uid"));
    assertThat(NativeProcess.userByLibrary()).isEqualTo(NativeProcess.user());
  }
}
