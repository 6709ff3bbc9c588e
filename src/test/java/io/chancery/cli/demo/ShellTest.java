package io.chancery.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.PkiException;
import io.chancery.cli.local.DataDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellTest {
  private static final String SECRET = "s3cret-of-the-token";

  @TempDir Path temp;
  private final StringWriter out = new StringWriter();
  private final Transcript transcript = new Transcript(new PrintWriter(out));
  private Workshop workshop;
  private Shell shell;

  @BeforeEach
  void open() {
    DataDirectory data = DataDirectory.open(temp.resolve("data"));
    data.writeSecret(data.enrolToken(), SECRET + "\n");
    workshop = Workshop.passing(data);
    shell = new Shell(workshop, transcript);
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  @Test
  void aCommandIsShownAndRunsInTheWorkshop() throws Exception {
    Answer answer = shell.run("sh", "-c", "pwd; echo no >&2; exit 3");
    assertThat(answer.exit()).isEqualTo(3);
    assertThat(answer.text()).isEqualTo(workshop.folder().toRealPath() + "\nno\n");
    assertThat(out.toString()).startsWith("   $ sh -c 'pwd; echo no >&2; exit 3'");
  }

  @Test
  void aProgramThatHangsIsEnded() {
    Shell hurried = new Shell(workshop, transcript, Duration.ofMillis(300));
    assertThatThrownBy(() -> hurried.run("sleep", "600"))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("sleep was not done");
  }

  @Test
  void aProgramThatIsNotThereIsSaidInWords() {
    assertThatThrownBy(() -> shell.run("no-such-program-at-all"))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("no-such-program-at-all cannot be run");
  }

  @Test
  void whatRunsIsStoppedWithTheWorkshopAndTheFolderIsGone() {
    Process process = shell.start(workshop.file("log"), List.of("sleep", "600"));
    assertThat(process.isAlive()).isTrue();
    assertThat(out.toString()).contains("sleep 600 &").contains("[1] " + process.pid());
    workshop.close();
    assertThat(process.isAlive()).isFalse();
    assertThat(workshop.folder()).doesNotExist();
    assertThat(workshop.data().trust()).as("only the link to it is removed").exists();
  }

  @Test
  void theTokenIsInAFileForItsOwnerAndOnNoCommandLine() throws Exception {
    assertThat(workshop.file("token.header")).hasContent("Authorization: Bearer " + SECRET);
    assertThat(mode("token.header")).isEqualTo("rw-------");
    assertThat(mode("")).isEqualTo("rwx------");
    assertThat(As.TOKEN.options()).containsExactly("-H", "@token.header");
  }

  private String mode(String name) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(workshop.file(name)));
  }
}
