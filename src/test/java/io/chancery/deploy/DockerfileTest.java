package io.chancery.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Dockerfile makes an image without root, secrets or SoftHSM. */
class DockerfileTest {
  private static final Path ROOT = Path.of(".");
  private static final Path FILE = Path.of("deploy/Dockerfile");

  @Test
  void it_keeps_the_rules() throws IOException {
    assertThat(read().broken(ROOT)).isEmpty();
  }

  @Test
  void a_build_without_target_has_no_softhsm() throws IOException {
    Dockerfile file = read();
    assertThat(file.stages().getLast().name()).isEqualTo("chancery");
    assertThat(commandsOf("chancery")).doesNotContain("softhsm");
    assertThat(commandsOf("softhsm")).contains("softhsm2");
  }

  @Test
  void it_runs_as_the_user_that_the_pods_name() throws IOException {
    Dockerfile file = read();
    assertThat(file.user(file.stages().getLast())).hasValue("10001:10001");
    assertThat(file.user(file.stage("softhsm").orElseThrow())).hasValue("10001:10001");
  }

  @Test
  void the_builder_sees_only_what_the_build_copies() throws IOException {
    String ignore = Files.readString(Path.of("deploy/Dockerfile.dockerignore"));
    assertThat(ignore.lines().filter(it -> !it.startsWith("#")))
        .containsExactly("*", "!mvnw", "!pom.xml", "!.mvn", "!src");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "25.0.3_9-jdk-noble | latest | build is built on",
        "docker.io/library/eclipse-temurin:25.0.3_9-jre-noble | temurin | runtime is built on",
        "FROM runtime AS chancery | FROM run AS chancery | chancery is built on run",
        "COPY src src | ADD https://example.test/src.tar src | ADD https",
        "COPY src src | COPY source src | COPY of what is not there: source",
        "COPY --from=build | COPY --from=builder | COPY from a stage that is not above: builder",
        "WORKDIR /src | ARG HSM_PIN | ARG carries a secret",
        "WORKDIR /opt/chancery | ENV DB_PASSWORD=dummy | ENV carries a secret",
        "USER 10001:10001 | USER 0 | runtime runs as user 0",
        "USER 10001:10001 | USER chancery | runtime runs as user chancery",
        "USER 10001:10001 | WORKDIR / | runtime runs as user root",
      })
  void a_mistake_is_found(String right, String wrong, String said) throws IOException {
    String text = Files.readString(FILE);
    assertThat(text).contains(right);
    assertThat(Dockerfile.parse(text.replace(right, wrong)).broken(ROOT))
        .anySatisfy(it -> assertThat(it).startsWith(said));
  }

  @Test
  void a_trial_stage_that_stays_root_is_found() throws IOException {
    String text = Files.readString(FILE);
    int last = text.lastIndexOf("USER 10001:10001");
    assertThat(Dockerfile.parse(text.substring(0, last)).broken(ROOT))
        .containsExactly("softhsm runs as user 0");
  }

  private static Dockerfile read() throws IOException {
    return Dockerfile.parse(Files.readString(FILE));
  }

  private static String commandsOf(String stage) throws IOException {
    Dockerfile file = read();
    return file.ancestry(file.stage(stage).orElseThrow()).toString();
  }
}
