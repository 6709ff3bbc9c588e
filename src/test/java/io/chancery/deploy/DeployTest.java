package io.chancery.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The manifests in deploy/k8s keep every {@link Rule}; {@link BrokenManifestsTest} shows them bite.
 */
class DeployTest {
  private static final Path K8S = Path.of("deploy/k8s");
  private static final Path BASE = K8S.resolve("base");
  private static final Path SOFTHSM = K8S.resolve("overlays/softhsm");
  private static final Path OWN_PROFILES = K8S.resolve("components/own-profiles");

  private static final Set<String> SETTINGS =
      Set.of(
          "chancery.public-url",
          "chancery.authority",
          "chancery.hsm.config",
          "chancery.database.owner",
          "chancery.database.owner-password-file",
          "chancery.database.password-file",
          "chancery.ledger.copy",
          "quarkus.datasource.jdbc.url",
          "quarkus.datasource.username",
          "quarkus.http.host",
          "quarkus.http.port",
          "quarkus.http.ssl-port",
          "quarkus.management.host",
          "quarkus.management.port");

  @ParameterizedTest
  @EnumSource(Rule.class)
  void the_base_keeps(Rule rule) throws IOException {
    assertThat(rule.broken(Kustomization.read(BASE).manifests())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void the_trial_keeps(Rule rule) throws IOException {
    assertThat(rule.broken(Kustomization.read(SOFTHSM).manifests())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/softhsm", "components/own-profiles"})
  void every_file_is_named_and_every_name_is_a_file(String folder) throws IOException {
    assertThat(Kustomization.read(K8S.resolve(folder)).broken()).isEmpty();
  }

  @Test
  void every_kustomization_is_looked_at() throws IOException {
    try (Stream<Path> files = Files.walk(K8S)) {
      assertThat(files.filter(it -> it.endsWith("kustomization.yaml")).map(Path::getParent))
          .containsExactlyInAnyOrder(BASE, SOFTHSM, OWN_PROFILES);
    }
  }

  @Test
  void every_patch_has_a_target() throws IOException {
    Manifests base = Kustomization.read(BASE).manifests();
    assertThat(Kustomization.read(SOFTHSM).patchesWithoutTarget(base)).isEmpty();
    assertThat(Kustomization.read(OWN_PROFILES).patchesWithoutTarget(base)).isEmpty();
  }

  @Test
  void every_object_that_is_only_referred_to_is_explained() throws IOException {
    String readme = Files.readString(Path.of("deploy/README.md"));
    assertThat(referredTo(Kustomization.read(BASE)))
        .containsExactlyInAnyOrder(
            "chancery-hsm",
            "chancery-authority",
            "chancery-database-ca",
            "chancery-hsm-pin",
            "chancery-database",
            "chancery-database-owner")
        .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
  }

  @Test
  void the_trial_writes_no_pin_beside_its_hsm() throws IOException {
    assertThat(Files.readString(SOFTHSM.resolve("hsm.yaml")))
        .contains("pin-file: /run/secrets/chancery/hsm/pin\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/softhsm"})
  void settings_are_known_and_no_secret(String folder) throws IOException {
    Properties settings = new Properties();
    settings.load(
        new StringReader(Files.readString(K8S.resolve(folder).resolve("chancery.properties"))));
    assertThat(settings.stringPropertyNames()).isEqualTo(SETTINGS);
    assertThat(settings.getProperty("quarkus.datasource.jdbc.url")).doesNotContain("password");
  }

  /** ConfigMaps and Secrets that pods mount and the kustomization does not make. */
  private static Set<String> referredTo(Kustomization kustomization) throws IOException {
    Set<String> names = new TreeSet<>();
    for (Manifests.Pod pod : kustomization.manifests().pods()) {
      for (Volume volume : pod.spec().getVolumes()) {
        if (volume.getConfigMap() != null) {
          names.add(volume.getConfigMap().getName());
        }
        if (volume.getSecret() != null) {
          names.add(volume.getSecret().getSecretName());
        }
      }
    }
    List<String> made =
        kustomization.file().configMapGenerator().stream()
            .map(Kustomization.Generator::name)
            .toList();
    names.removeAll(made);
    return names;
  }
}
