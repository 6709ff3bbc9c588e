package io.chancery.hsm;

import io.chancery.Failure;
import io.chancery.PkiException;
import io.chancery.Quoted;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyId;
import io.chancery.x509.KeyPairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keys in a folder of encrypted files: for an offline root without a token, and for algorithms that
 * a token lacks. The keys are in this process's memory while it is open; an issuing CA belongs on a
 * token ({@code docs/adr/0002-keys-in-files.md}).
 */
public final class FileHsm implements Hsm {
  private static final Pattern LABEL = Pattern.compile("[ -~]{1,64}");
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Path folder;
  private final Path passwordFile;
  private final SecureRandom random;
  private final KeyEncryption encryption;
  private final Map<KeyId, FileKey> keys = new ConcurrentHashMap<>();

  private FileHsm(Path folder, Path passwordFile, SecureRandom random, KeyEncryption encryption) {
    this.folder = folder;
    this.passwordFile = passwordFile;
    this.random = random;
    this.encryption = encryption;
  }

  /** Reads every key of the folder, which is made where it is missing. */
  public static FileHsm open(Path folder, Path passwordFile, SecureRandom random) {
    return open(folder, passwordFile, random, KeyEncryption.STRONG);
  }

  /** The same with another cost of the password: tests open many. */
  static FileHsm open(
      Path folder, Path passwordFile, SecureRandom random, KeyEncryption encryption) {
    FileHsm hsm = new FileHsm(folder, passwordFile, random, encryption);
    try (Secret password = Secret.read(passwordFile)) {
      PrivateFile.folder(folder);
      hsm.load(password);
      return hsm;
    } catch (IOException unusable) {
      throw hsm.unavailable(unusable);
    }
  }

  @Override
  public SigningKey key(KeyId id) {
    return Optional.ofNullable(keys.get(id))
        .orElseThrow(() -> new Failure.NotFound("key", id.hex()).thrown());
  }

  @Override
  public List<SigningKey> keys() {
    return List.copyOf(keys.values());
  }

  @Override
  public synchronized SigningKey generate(KeyAlgorithm algorithm, String label) {
    if (!LABEL.matcher(label).matches()) {
      throw new Failure.Malformed(
              "key label",
              "",
              Quoted.of(label) + " is not 1 to 64 printable ASCII characters",
              "Chancery key files")
          .thrown();
    }
    if (keys.values().stream().anyMatch(key -> key.label().equals(label))) {
      throw new Failure.Conflict(
              "key label " + Quoted.of(label),
              "is already used in " + folder,
              "choose another label, or use the key that is there")
          .thrown();
    }
    KeyPair pair = KeyPairs.generate(algorithm, random);
    FileKey key = FileKey.of(label, pair);
    try (Secret password = Secret.read(passwordFile)) {
      PrivateFile.write(
          folder.resolve(key.id() + KeyFile.SUFFIX),
          KeyFile.encode(key, encryption.encrypt(pair.getPrivate(), password, random)));
    } catch (IOException unwritable) {
      throw unavailable(unwritable);
    }
    keys.put(key.id(), key);
    return key;
  }

  @Override
  public Health health() {
    boolean there = Files.isReadable(folder);
    return new Health(toString(), there, there ? "" : folder + " cannot be read");
  }

  /** Lets the keys go. */
  @Override
  public void close() {
    keys.clear();
  }

  @Override
  public String toString() {
    return "key files in " + folder;
  }

  private void load(Secret password) throws IOException {
    Set<String> labels = new HashSet<>();
    for (Path file : files()) {
      FileKey key = KeyFile.read(file, password);
      if (!labels.add(key.label())) {
        throw new Failure.Misconfigured(
                file.toString(),
                "another key in this folder has the label " + Quoted.of(key.label()),
                "take the one that is not meant out of the folder")
            .thrown();
      }
      keys.put(key.id(), key);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(KeyFile.SUFFIX)).sorted().toList();
    }
  }

  private PkiException unavailable(IOException problem) {
    return new Failure.Unavailable(
            "HSM", folder + " cannot be used: " + Quoted.of(problem.toString()), RETRY)
        .because(problem);
  }
}
