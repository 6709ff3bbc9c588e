package io.chancery.cli.ceremony;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.Pem;
import io.chancery.x509.Thumbprint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The folder that the ceremony writes to. A paper that is there is never overwritten. */
final class Papers {
  private final Path folder;
  private final TreeSet<String> known = new TreeSet<>();

  Papers(Path folder) {
    this.folder = folder;
  }

  /** A certificate and the name of its file. */
  record Paper(String name, IssuedCertificate certificate) {}

  Path file(String name) {
    return folder.resolve(name);
  }

  boolean has(String name) {
    return Files.exists(file(name));
  }

  /** The first of these papers that is there. */
  Optional<Path> first(String... names) {
    return Arrays.stream(names).filter(this::has).map(this::file).findFirst();
  }

  /** The certificate of this name, if the paper is there. */
  Optional<IssuedCertificate> certificate(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    Path file = file(name);
    try {
      known.add(name);
      String text = new String(NewFile.read(file), StandardCharsets.ISO_8859_1);
      return Optional.of(IssuedCertificate.parse(Pem.decodeOne(Pem.CERTIFICATE, text)));
    } catch (PkiException malformed) {
      throw new Failure.Misconfigured(
              file.toString(),
              malformed.failure().detail(),
              "put back the file that was written, or choose another folder with --out")
          .because(malformed);
    }
  }

  /**
   * Writes a paper, or finds it as it is to be; {@code step} is what stands in the transcript. A
   * file of this name with something else in it is refused.
   */
  void write(String name, String text, Step step, Transcript transcript) {
    Path file = file(name);
    known.add(name);
    if (!has(name)) {
      NewFile.folder(folder);
      NewFile.open(file, text);
      transcript.done(step);
    } else if (Arrays.equals(NewFile.read(file), text.getBytes(StandardCharsets.UTF_8))) {
      transcript.found(step);
    } else {
      throw new Failure.Conflict(
              file.toString(),
              "is there already and holds something else",
              "nothing is overwritten: choose another folder with --out, or move the file away")
          .thrown();
    }
  }

  /** Where the transcript of this run goes: each run has its own. */
  Path freeTranscript() {
    for (int run = 1; ; run++) {
      Path file = file(transcript(run));
      if (!Files.exists(file)) {
        return file;
      }
    }
  }

  boolean hasTranscript() {
    return has(transcript(1));
  }

  /** A line for each paper that this run wrote or found, and for earlier transcripts. */
  List<String> hashes() {
    List<String> names = new ArrayList<>(known);
    for (int run = 1; has(transcript(run)); run++) {
      names.add(transcript(run));
    }
    return names.stream()
        .filter(this::has)
        .map(name -> Thumbprint.of(NewFile.read(file(name))) + "  " + name)
        .toList();
  }

  private static String transcript(int run) {
    return run == 1 ? "transcript.txt" : "transcript-" + run + ".txt";
  }
}
