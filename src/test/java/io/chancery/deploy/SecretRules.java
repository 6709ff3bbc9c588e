package io.chancery.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.regex.Pattern;

/** That secrets come by file, and from somewhere else. */
final class SecretRules {
  private static final int OWNER_MAY_READ = 0400;
  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i).*(PIN|PASSWORD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|_KEY)$");

  private SecretRules() {}

  static List<String> noSecretIsWrittenHere(Manifests manifests) {
    Findings findings = new Findings();
    for (Secret it : manifests.all(Secret.class)) {
      findings.unless(
          it.getData().isEmpty() && it.getStringData().isEmpty(),
          Manifests.name(it) + " holds its secret");
    }
    return findings.list();
  }

  static List<String> noSecretByEnvironment(Manifests manifests) {
    Findings findings = new Findings();
    for (Manifests.Pod pod : manifests.pods()) {
      for (Container it : pod.containers()) {
        String where = pod.name() + " " + it.getName();
        findings.unless(it.getEnvFrom().isEmpty(), where + " takes a whole environment");
        for (EnvVar variable : it.getEnv()) {
          boolean fromSecret =
              variable.getValueFrom() != null && variable.getValueFrom().getSecretKeyRef() != null;
          findings.unless(
              !fromSecret && !SECRET_NAME.matcher(variable.getName()).matches(),
              where + " gets a secret by environment: " + variable.getName());
        }
      }
    }
    return findings.list();
  }

  static List<String> secretFilesAre0400(Manifests manifests) {
    Findings findings = new Findings();
    for (Manifests.Pod pod : manifests.pods()) {
      for (var volume : pod.spec().getVolumes()) {
        findings.unless(volume.getProjected() == null, pod.name() + " projects volumes");
        if (volume.getSecret() == null) {
          continue;
        }
        String where = pod.name() + " " + volume.getName();
        Integer mode = volume.getSecret().getDefaultMode();
        findings
            .unless(mode != null && mode == OWNER_MAY_READ, where + " is not 0400")
            .unless(volume.getSecret().getItems().isEmpty(), where + " sets modes of its own")
            // The files belong to root; only this group lets the uid read them.
            .unless(
                pod.spec().getSecurityContext() != null
                    && pod.spec().getSecurityContext().getFsGroup() != null,
                where + " cannot be read by the pod's user: no fsGroup");
      }
    }
    return findings.list();
  }
}
