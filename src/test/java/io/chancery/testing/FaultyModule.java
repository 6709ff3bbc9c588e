package io.chancery.testing;

import io.chancery.hsm.SoftHsm;
import io.chancery.hsm.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A PKCS#11 library that misbehaves on request, before a SoftHSM of its own: {@code
 * src/test/c/faulty_pkcs11.c} (which lists the faults), built by this machine's compiler. Faults
 * and counts are files, so the library may work in another process.
 *
 * <p>Each instance has copies of both libraries: a module is one for each file that it is loaded
 * from, and its life must not be that of another test's.
 */
public final class FaultyModule {
  private static final Path SOURCE = Path.of("src/test/c/faulty_pkcs11.c");
  private static final Path BUILT = Path.of("target/faulty_pkcs11.so");
  private static final Pattern FUNCTION = Pattern.compile("\\bF\\((C_\\w+), \\d");
  private static final Pattern MORE = Pattern.compile("(?s)MADE = N_FUNCTIONS,(.*?)COUNTERS");

  private final Path home;
  private final ByteBuffer counts;
  private final Map<String, Integer> places;

  private FaultyModule(Path home, ByteBuffer counts, Map<String, Integer> places) {
    this.home = home;
    this.counts = counts;
    this.places = places;
  }

  /** Whether the machine has a C compiler. */
  public static boolean canBeBuilt() {
    return compiler().isPresent();
  }

  /** A new one in a folder under {@code target}. */
  public static FaultyModule fresh() {
    try {
      Files.createDirectories(Path.of("target"));
      return in(Files.createTempDirectory(Path.of("target"), "faulty").toRealPath());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** In this folder, which must be there. */
  public static FaultyModule in(Path folder) {
    try {
      Path home = folder.toRealPath();
      Files.copy(built(), home.resolve("faulty_pkcs11.so"), StandardCopyOption.REPLACE_EXISTING);
      Path softHsm = SoftHsm.findOrInstall(SoftHsm.userCache(), line -> {}).library().toRealPath();
      Files.copy(softHsm, home.resolve("softhsm.so"), StandardCopyOption.REPLACE_EXISTING);
      SoftHsm.configuration(home.resolve("tokens"));
      Map<String, Integer> places = places();
      try (FileChannel file =
          FileChannel.open(
              home.resolve("counts"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE)) {
        ByteBuffer counts =
            file.map(FileChannel.MapMode.READ_WRITE, 0, 8L * places.size())
                .order(ByteOrder.nativeOrder());
        return new FaultyModule(home, counts, places);
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** For hsm.yaml's {@code module}. */
  public Path library() {
    return home.resolve("faulty_pkcs11.so");
  }

  /** The same SoftHSM without faults; never in one process with {@link #library}. */
  public Path behind() {
    return home.resolve("softhsm.so");
  }

  /** For hsm.yaml's {@code environment}. */
  public Map<String, String> environment() {
    return Map.of(
        "SOFTHSM2_CONF", home.resolve("softhsm2.conf").toString(),
        "CHANCERY_SHIM_MODULE", behind().toString(),
        "CHANCERY_SHIM_CONTROL", control().toString(),
        "CHANCERY_SHIM_COUNTS", home.resolve("counts").toString());
  }

  /** The folder of the token's files. */
  public Path tokens() {
    return home.resolve("tokens");
  }

  public Path home() {
    return home;
  }

  /** A new token with this label and {@link TestToken#PIN}; an hsm.yaml that means it. */
  public Path token(String label, String more) {
    try {
      Path folder = Files.createTempDirectory(home, "token");
      Path pin = TestToken.secret(folder.resolve("pin"), TestToken.PIN);
      Path soPin = TestToken.secret(folder.resolve("so-pin"), "12345678");
      Tokens.initialize(List.of(library()), environment(), label, soPin, pin);
      return yaml(folder.resolve("hsm.yaml"), "token: {label: " + label + "}\n" + more);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** An hsm.yaml of this module, with a PIN file {@code pin} beside it. */
  public Path yaml(Path file, String more) throws IOException {
    StringBuilder text = new StringBuilder("module: " + library() + "\npin-file: pin\n");
    text.append("environment:\n");
    environment().forEach((name, value) -> text.append("  " + name + ": " + value + "\n"));
    return Files.writeString(file, text + more + "\n");
  }

  /** From the next call on these faults and no others. */
  public void fault(String... lines) {
    try {
      Path draft = Files.createTempFile(home, "control", "");
      Files.writeString(draft, String.join("\n", lines) + "\n");
      Files.move(draft, control(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** No faults; whoever hangs goes on. */
  public void heal() {
    fault("release");
  }

  /** How often this function was called. */
  public long calls(String function) {
    return count(function);
  }

  /** Signatures that the real library made. */
  public long made() {
    return count("MADE");
  }

  /** Of these, answers that were lost or spoilt on the way. */
  public long lost() {
    return count("LOST");
  }

  public long loginsRefused() {
    return count("LOGINS_REFUSED");
  }

  public long lockouts() {
    return count("LOCKED");
  }

  /** How often a fault was met. */
  public long faults() {
    return count("FAULTS");
  }

  /** Calls that hang at the moment. */
  public long hanging() {
    return count("HANGING");
  }

  public long openSessions() {
    return count("OPEN");
  }

  private long count(String name) {
    Integer place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException("nobody counts " + name);
    }
    return counts.getLong(8 * place);
  }

  private Path control() {
    return home.resolve("control");
  }

  /** The counters' places, from the source itself. */
  private static Map<String, Integer> places() throws IOException {
    String source = Files.readString(SOURCE);
    Map<String, Integer> places = new LinkedHashMap<>();
    Matcher function = FUNCTION.matcher(source);
    while (function.find()) {
      places.put(function.group(1), places.size());
    }
    places.put("MADE", places.size());
    Matcher more = MORE.matcher(source);
    if (!more.find()) {
      throw new IllegalStateException(SOURCE + " has no counters");
    }
    String words = more.group(1).replaceAll("(?s)/\\*.*?\\*/", "");
    for (String name : words.split(",")) {
      if (!name.isBlank()) {
        places.put(name.strip(), places.size());
      }
    }
    return places;
  }

  private static synchronized Path built() throws IOException {
    if (Files.exists(BUILT)
        && Files.getLastModifiedTime(BUILT).compareTo(Files.getLastModifiedTime(SOURCE)) > 0) {
      return BUILT;
    }
    Path compiler =
        compiler()
            .orElseThrow(
                () -> new IllegalStateException("no C compiler: install gcc and libc6-dev"));
    Path draft = Files.createTempFile(Path.of("target"), "faulty", ".so");
    Process process =
        new ProcessBuilder(
                compiler.toString(),
                "-std=c11",
                "-O2",
                "-Wall",
                "-Wextra",
                "-fPIC",
                "-shared",
                "-fvisibility=hidden",
                "-o",
                draft.toString(),
                SOURCE.toString(),
                "-ldl",
                "-lpthread")
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes());
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(compiler + " cannot build " + SOURCE + ": " + said);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
    return Files.move(draft, BUILT, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Optional<Path> compiler() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin");
    return Stream.of(path.split(":"))
        .flatMap(folder -> Stream.of("cc", "gcc", "clang").map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
