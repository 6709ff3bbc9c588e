package io.chancery.cli;

import io.chancery.Failure;
import io.chancery.backup.Paper;
import io.chancery.cli.local.LocalInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The public files that go into a backup: the authority's papers, and profiles of one's own. */
final class Papers {
  private Papers() {}

  static List<Paper> of(LocalInstance instance) {
    List<Paper> papers = new ArrayList<>();
    instance
        .findAuthority()
        .ifPresent(
            yaml -> {
              papers.add(Paper.read("authority/authority.yaml", yaml));
              Path folder = yaml.resolveSibling("");
              papers.addAll(from(folder, "authority/", Papers::holdsCertificates));
            });
    instance
        .profiles()
        .ifPresent(folder -> papers.addAll(from(folder, "profiles/", Papers::isYaml)));
    return papers;
  }

  private static List<Paper> from(Path folder, String under, Predicate<Path> wanted) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(wanted)
          .sorted()
          .map(file -> Paper.read(under + plain(file.getFileName().toString()), file))
          .toList();
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              folder.toString(), "cannot be read", "look at its permissions")
          .because(cannot);
    }
  }

  /** A certificate and nothing secret: a key that lies beside it stays where it is. */
  private static boolean holdsCertificates(Path file) {
    if (!file.getFileName().toString().endsWith(".pem")) {
      return false;
    }
    String text = PemFiles.text(file);
    return text.contains("-----BEGIN CERTIFICATE-----") && !text.contains("PRIVATE KEY");
  }

  private static boolean isYaml(Path file) {
    return file.getFileName().toString().matches(".+\\.ya?ml");
  }

  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
