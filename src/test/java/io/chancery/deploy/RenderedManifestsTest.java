package io.chancery.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kustomize makes of it, patches and all, keeps the rules too. Needs kubectl; no cluster. */
class RenderedManifestsTest {
  private static final Path K8S = Path.of("deploy/k8s");

  @Test
  void the_base(@TempDir Path scratch) throws Exception {
    Manifests base = render(K8S.resolve("base"), scratch);
    for (Rule rule : Rule.values()) {
      assertThat(rule.broken(base)).isEmpty();
    }
  }

  @Test
  void the_trial(@TempDir Path scratch) throws Exception {
    Manifests trial = render(K8S.resolve("overlays/softhsm"), scratch);
    for (Rule rule : Rule.values()) {
      // One node, one replica: a trial outlives nothing.
      if (rule != Rule.DEPLOYMENTS_OUTLIVE_A_NODE) {
        assertThat(rule.broken(trial)).isEmpty();
      }
    }
    assertThat(trial.pods())
        .filteredOn(it -> it.owner() instanceof Deployment)
        .allSatisfy(
            it ->
                assertThat(it.containers().getFirst().getImage())
                    .isEqualTo("registry.example.test/chancery-softhsm:0.1.0"));
  }

  @Test
  void the_base_with_profiles_of_its_own(@TempDir Path scratch) throws Exception {
    Path folder = Files.createDirectory(scratch.toRealPath().resolve("site"));
    Path k8s = folder.relativize(K8S.toRealPath());
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        "resources: [%s/base]\ncomponents: [%s/components/own-profiles]\n".formatted(k8s, k8s));
    Manifests site = render(folder, scratch);
    for (Rule rule : Rule.values()) {
      assertThat(rule.broken(site)).isEmpty();
    }
    // A status node issues nothing.
    assertThat(site.all(Deployment.class))
        .filteredOn(it -> it.getMetadata().getName().equals("chancery-api"))
        .singleElement()
        .satisfies(it -> assertThat(it.toString()).contains("/etc/chancery/profiles"));
  }

  @Test
  void the_site_that_the_readme_shows(@TempDir Path scratch) throws Exception {
    Path folder = Files.createDirectory(scratch.toRealPath().resolve("site"));
    String readme = Files.readString(Path.of("deploy/README.md"));
    String shown = readme.split("```yaml\n")[1].split("```")[0];
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        shown.replace("../chancery/deploy/k8s", folder.relativize(K8S.toRealPath()).toString()));
    Files.copy(K8S.resolve("base/chancery.properties"), folder.resolve("chancery.properties"));
    Manifests site = render(folder, scratch);
    for (Rule rule : Rule.values()) {
      assertThat(rule.broken(site)).isEmpty();
    }
    assertThat(site.toString())
        .contains("10.20.0.0/28", "10.30.0.0/28", "registry.bank.example/pki/chancery-luna:0.1.0")
        .doesNotContain("192.0.2.0/24", "198.51.100.0/24", "registry.example.test");
  }

  private static Manifests render(Path folder, Path scratch) throws Exception {
    assumeTrue(kubectlIsThere(), "kubectl is not installed");
    Path out = scratch.resolve("rendered.yaml");
    Path trouble = scratch.resolve("trouble.txt");
    Process process =
        new ProcessBuilder("kubectl", "kustomize", folder.toString())
            .redirectOutput(out.toFile())
            .redirectError(trouble.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(() -> text(trouble)).isZero();
    return Manifests.parse(text(out));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean kubectlIsThere() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
  }
}
