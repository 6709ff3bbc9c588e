package io.chancery.profile;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where profile files are found: an operator's folder, or the class path for the shipped ones. */
final class ProfileSources {
  /** A class path cannot be listed; a test holds this list to the folder's contents. */
  static final List<String> SHIPPED =
      List.of(
          "tls-server.yaml",
          "tls-client.yaml",
          "tls-peer.yaml",
          "short-lived.yaml",
          "partner-client.yaml",
          "partner-sandbox.yaml",
          "ocsp-responder.yaml");

  private static final int LARGEST = 64 * 1024;

  private ProfileSources() {}

  static List<ProfileSource> shipped() {
    return SHIPPED.stream().map(ProfileSources::onClassPath).toList();
  }

  /**
   * Every {@code .yaml} or {@code .yml} file of the folder, by name; folders below are not read.
   */
  static List<ProfileSource> in(Path folder) {
    List<ProfileSource> sources = new ArrayList<>();
    for (Path file : files(folder)) {
      try {
        if (Files.size(file) > LARGEST) {
          throw misconfigured(file, "is larger than 64 KB", "put one profile into each file");
        }
        sources.add(source(file.getFileName().toString(), Files.readAllBytes(file)));
      } catch (IOException unreadable) {
        throw new Failure.Misconfigured(
                Quoted.of(file.toString()), "cannot be read", "let the service's user read it")
            .because(unreadable);
      }
    }
    if (sources.isEmpty()) {
      throw misconfigured(
          folder, "holds no .yaml file", "put profiles there, or do not set chancery.profiles");
    }
    return sources;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(ProfileSources::isProfile).sorted().toList();
    } catch (IOException unreadable) {
      throw new Failure.Misconfigured(
              Quoted.of(folder.toString()),
              "is no folder that can be read",
              "set chancery.profiles to a folder of profile files, or do not set it")
          .because(unreadable);
    }
  }

  private static boolean isProfile(Path file) {
    String name = file.getFileName().toString();
    boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
    return yaml && !name.startsWith(".") && Files.isRegularFile(file);
  }

  private static ProfileSource onClassPath(String name) {
    try (InputStream stream = Profiles.class.getResourceAsStream("/profiles/" + name)) {
      if (stream == null) {
        throw new IllegalStateException("the build left out profiles/" + name);
      }
      return source(name, stream.readAllBytes());
    } catch (IOException brokenArchive) {
      throw new IllegalStateException("profiles/" + name + " cannot be read", brokenArchive);
    }
  }

  private static ProfileSource source(String name, byte[] octets) {
    try {
      // Strict, so that the text and its thumbprint stand for exactly these octets.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      return new ProfileSource(name, text);
    } catch (CharacterCodingException notUtf8) {
      throw new Failure.Misconfigured(name, "is not UTF-8", "save it as UTF-8").because(notUtf8);
    }
  }

  private static PkiException misconfigured(Path where, String reason, String remedy) {
    return new Failure.Misconfigured(Quoted.of(where.toString()), reason, remedy).thrown();
  }
}
