package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code src/main/jvm/start-only} tells the JVM's compilers (docs/adr/0029). */
class StartOnlyTest {
  private static final Path FILE = Path.of("src/main/jvm/start-only");
  private static final String LIMIT = "MaxNodeLimit ";

  /** Written by the packaging alone; no test has them on its class path. */
  private static final String OF_THE_PACKAGING = "io/quarkus/runner/";

  @Test
  void theJvmTakesItWithoutAWord() throws Exception {
    assertThat(saidBy("-XX:CompileCommandFile=" + FILE)).isEqualTo(saidBy("-XX:+UseSerialGC"));
    // It does say what it cannot read.
    Path wrong = Files.createTempFile(Path.of("target"), "start-only", ".wrong");
    Files.writeString(wrong, Files.readString(FILE) + LIMIT + "java/lang/String.* many\n");
    assertThat(saidBy("-XX:CompileCommandFile=" + wrong)).contains("Value cannot be read");
    Files.delete(wrong);
  }

  @Test
  void everyLineNamesClassesThatThereAre() throws Exception {
    Set<String> classes = classes();
    List<String> lines =
        Files.readAllLines(FILE).stream().filter(line -> line.startsWith(LIMIT)).toList();
    assertThat(lines)
        .isSorted()
        .allSatisfy(
            line -> {
              assertThat(line).matches(LIMIT + "[\\w/$]+\\*?\\.\\* 1000").contains("/");
              String named = line.substring(LIMIT.length(), line.indexOf(".*"));
              boolean there =
                  named.endsWith("*")
                      ? classes.stream().anyMatch(one -> one.startsWith(named.replace("*", "")))
                      : classes.contains(named);
              assertThat(there || named.startsWith(OF_THE_PACKAGING)).as(named).isTrue();
            });
  }

  private static String saidBy(String option) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(java.toString(), option, "-version").redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Set<String> classes() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (part.endsWith(".jar")) {
        try (JarFile jar = new JarFile(part)) {
          jar.stream().map(JarEntry::getName).forEach(names::add);
        }
      }
    }
    Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
    try (Stream<Path> all = Files.walk(modules)) {
      all.filter(one -> one.getNameCount() > 2)
          .map(one -> one.subpath(2, one.getNameCount()).toString())
          .forEach(names::add);
    }
    names.removeIf(name -> !name.endsWith(".class"));
    return new TreeSet<>(names.stream().map(name -> name.replace(".class", "")).toList());
  }
}
