package io.chancery.cli.local;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** Where an instance of {@code up} keeps what it must not lose, and what it leaves for others. */
public record DataDirectory(Path root) {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  public DataDirectory {
    root = root.toAbsolutePath().normalize();
  }

  /** Makes the folder where there is none; refuses one that holds something else. */
  public static DataDirectory open(Path given) {
    DataDirectory data = new DataDirectory(given);
    if (Files.exists(data.root) && !Files.isDirectory(data.root)) {
      throw data.unusable("is a file, not a folder", "give another with --data");
    }
    data.folder(data.root);
    if (!Files.isWritable(data.root)) {
      throw data.unusable("is not writable for this user", "give another with --data");
    }
    if (!Files.exists(data.log()) && data.holdsSomething()) {
      throw data.unusable(
          "holds other files and is no data directory of Chancery",
          "give an empty or a new folder with --data");
    }
    data.folder(data.log());
    data.folder(data.trust());
    data.folder(data.admin());
    data.folder(data.approver());
    data.folder(data.secondApprover());
    return data;
  }

  /** One that {@code up} made; refuses a folder that is none. */
  public static DataDirectory existing(Path given) {
    DataDirectory data = new DataDirectory(given);
    if (!data.isThere()) {
      throw data.unusable(
          "is no data directory of Chancery",
          "make one with chancery up, or give another with --data; in production give --jdbc-url");
    }
    return data;
  }

  /** Whether {@code up} was here before. */
  public boolean isThere() {
    return Files.isDirectory(log()) && Files.isDirectory(trust());
  }

  /** What clients need to trust: {@code root.pem} and {@code chain.pem}. */
  public Path trust() {
    return root.resolve("trust");
  }

  public Path rootCertificate() {
    return trust().resolve("root.pem");
  }

  /** The key that the ledger's checkpoints are signed with, as verifiers are configured with it. */
  public Path ledgerKey() {
    return trust().resolve("ledger.vkey");
  }

  /** The administrator's {@code cert.pem} and {@code key.pem}. */
  public Path admin() {
    return root.resolve("admin");
  }

  public Path approver() {
    return root.resolve("approver");
  }

  public Path secondApprover() {
    return root.resolve("approver-2");
  }

  public Path enrolToken() {
    return root.resolve("enrol.token");
  }

  /** What the ceremony writes: {@code authority.yaml}, {@code hsm.yaml}, certificates. */
  public Path authority() {
    return root.resolve("authority");
  }

  public Path authorityYaml() {
    return authority().resolve("authority.yaml");
  }

  public Path hsmYaml() {
    return authority().resolve("hsm.yaml");
  }

  public Path softhsm() {
    return root.resolve("softhsm");
  }

  public Path ledger() {
    return root.resolve("ledger");
  }

  /** The CRLs that are served. */
  public Path status() {
    return root.resolve("status");
  }

  public Path log() {
    return root.resolve("log");
  }

  public Path serviceLog() {
    return log().resolve("chancery.log");
  }

  public Path cache() {
    return root.resolve("cache");
  }

  Path postgres() {
    return root.resolve("pg");
  }

  Path postgresPassword() {
    return root.resolve("pg-password");
  }

  /** The password of the role that the service uses; the other one is the owner's. */
  Path applicationPassword() {
    return root.resolve("pg-application-password");
  }

  Path postgresLog() {
    return log().resolve("postgres.log");
  }

  Path serviceProperties() {
    return root.resolve("service.properties");
  }

  Path lock() {
    return root.resolve("lock");
  }

  /** Makes a folder that only its owner may enter; one that is there stays as it is. */
  public Path folder(Path folder) {
    try {
      return Files.createDirectories(folder, PRIVATE_FOLDER);
    } catch (IOException cannot) {
      throw unusable("cannot hold " + folder, "give another with --data", cannot);
    }
  }

  /** Writes a file that only its owner may read: whole or not at all, also over a power cut. */
  public void writeSecret(Path file, String text) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, PRIVATE_FILE);
      Files.writeString(fresh, text, StandardCharsets.UTF_8, StandardOpenOption.DSYNC);
      move(fresh, file);
    } catch (IOException cannot) {
      throw unusable("cannot hold " + file, "look at its space and permissions", cannot);
    }
  }

  /** The text of a secret file, without its line end. */
  public String readSecret(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException cannot) {
      throw unusable("cannot read " + file, "look at its permissions", cannot);
    }
  }

  /** A rename that is on disk when this returns. */
  public static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException otherFileSystem) {
      throw new IOException("no rename from " + from + " to " + to, otherFileSystem);
    }
    try (FileChannel folder =
        FileChannel.open(to.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /** Removes a folder and all in it, if it is there. */
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    }
  }

  private boolean holdsSomething() {
    try (var entries = Files.list(root)) {
      return entries.findAny().isPresent();
    } catch (IOException cannot) {
      throw unusable("cannot be read", "give another with --data", cannot);
    }
  }

  private PkiException unusable(String reason, String remedy) {
    return new Failure.Misconfigured("data directory " + root, reason, remedy).thrown();
  }

  private PkiException unusable(String reason, String remedy, IOException cause) {
    String why = cause.getMessage() == null ? "" : " (" + cause + ")";
    return new Failure.Misconfigured("data directory " + root, reason + why, remedy).because(cause);
  }
}
