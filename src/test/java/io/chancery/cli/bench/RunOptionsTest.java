package io.chancery.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.PkiException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class RunOptionsTest {
  private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

  @TempDir Path place;

  @Command
  private static final class Any {
    @Mixin private RunOptions options;
  }

  @Test
  void aFolderThatIsNotThereIsMadeAndStays() {
    Path folder = place.resolve("not").resolve("yet");
    List<Path> given = new ArrayList<>();

    run(folder, given);
    run(folder, given);

    assertThat(given).containsExactly(folder, folder);
    assertThat(folder).isDirectory();
  }

  @Test
  void oneThatCannotBeMadeIsSaidBeforeAnythingIsMeasured() throws Exception {
    Path file = Files.writeString(place.resolve("file"), "in the way");
    List<Path> given = new ArrayList<>();

    assertThatThrownBy(() -> run(file.resolve("below"), given))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining(file.toString());
    assertThat(given).isEmpty();
  }

  @Test
  void withoutOneNothingIsLeftBehind() {
    List<Path> given = new ArrayList<>();
    Any any = new Any();
    new CommandLine(any).parseArgs();

    any.options.run(NOWHERE, folder -> noted(given, folder));

    assertThat(given).singleElement().satisfies(folder -> assertThat(folder).doesNotExist());
  }

  private static void run(Path folder, List<Path> given) {
    Any any = new Any();
    new CommandLine(any).parseArgs("--data=" + folder);
    any.options.run(NOWHERE, where -> noted(given, where));
  }

  private static Report noted(List<Path> given, Path folder) {
    assertThat(folder).isDirectory();
    given.add(folder);
    return new Report();
  }
}
