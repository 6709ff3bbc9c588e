package io.chancery.cli.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.hsm.HsmConfig;
import io.chancery.hsm.Pkcs11Hsm;
import io.chancery.hsm.SoftHsm;
import io.chancery.issuance.AuthorityFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trial's authority, made in a JVM of its own: SoftHSM keeps one folder for a process. */
class DemoAuthorityTest {
  @TempDir Path folder;

  @Test
  void isMadeOnceAndFoundAgain() throws Exception {
    assertThat(inItsOwnJvm()).contains("Finished");
    Path authority = folder.resolve("authority");
    new OpenSsl(authority).run("verify", "-x509_strict", "-CAfile", "root.pem", "issuing.pem");
    assertThat(AuthorityFile.load(authority.resolve("authority.yaml")).issuers()).hasSize(1);
    for (String pin : List.of("pin", "so-pin", "root-pin", "root-so-pin")) {
      Path file = folder.resolve("softhsm").resolve(pin);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(authority.resolve("transcript.txt")))
          .doesNotContain(Files.readString(file).strip());
    }
    String before = Files.readString(authority.resolve("authority.yaml"));

    assertThat(inItsOwnJvm()).contains("FinishedBefore");

    assertThat(Files.readString(authority.resolve("authority.yaml"))).isEqualTo(before);

    String chain = Files.readString(authority.resolve("chain.pem"));
    Files.delete(authority.resolve("chain.pem"));
    assertThat(inItsOwnJvm()).isEqualTo("Finished");
    assertThat(Files.readString(authority.resolve("chain.pem"))).isEqualTo(chain);
    assertThat(Files.readString(authority.resolve("authority.yaml"))).isEqualTo(before);
  }

  private String inItsOwnJvm() throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                DemoAuthorityTest.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = jvm.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(lines::add);
    }
    assertThat(jvm.waitFor()).as(String.join("\n", lines)).isZero();
    return lines.getLast();
  }

  /** The other JVM: makes the authority and opens its token as the service does. */
  public static void main(String... arguments) {
    Path folder = Path.of(arguments[0]);
    long start = System.nanoTime();
    DemoAuthority demo =
        new DemoAuthority(
            SoftHsm.findOrInstall(SoftHsm.userCache(), line -> {}),
            folder.resolve("softhsm"),
            folder.resolve("authority"),
            new SecureRandom());
    Ceremony.Outcome outcome =
        demo.make(new Ceremony(InstantSource.system(), new SecureRandom(), System.out::println));
    System.out.println((System.nanoTime() - start) / 1_000_000 + " ms");
    try (Pkcs11Hsm hsm = Pkcs11Hsm.open(HsmConfig.load(demo.hsmYaml()))) {
      hsm.key(AuthorityFile.load(demo.authorityYaml()).ledgerKey());
    }
    System.out.println(outcome.getClass().getSimpleName());
  }
}
