package io.chancery.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Set;

/** That a pod which was broken into can do as little as possible. */
final class HardeningRules {
  /** Besides these, every mount is read-only. Only the trial has the last three. */
  private static final Set<String> WRITABLE =
      Set.of(
          "/tmp",
          "/var/lib/chancery",
          "/var/lib/chancery-ledger",
          "/var/lib/chancery-status",
          "/var/lib/postgresql",
          "/var/run/postgresql");

  private HardeningRules() {}

  static List<String> podsRunAsNobody(Manifests manifests) {
    Findings findings = new Findings();
    for (Manifests.Pod pod : manifests.pods()) {
      var context = pod.spec().getSecurityContext();
      if (context == null) {
        findings.unless(false, pod.name() + " has no securityContext");
        continue;
      }
      Long uid = context.getRunAsUser();
      findings
          .unless(Boolean.TRUE.equals(context.getRunAsNonRoot()), pod.name() + " may be root")
          .unless(uid != null && uid > 0, pod.name() + " has no numeric uid besides 0")
          .unless(
              context.getSeccompProfile() != null
                  && context.getSeccompProfile().getType().equals("RuntimeDefault"),
              pod.name() + " has no seccomp profile");
      for (Container it : pod.containers()) {
        var own = it.getSecurityContext();
        findings.unless(
            own == null || (own.getRunAsUser() == null && own.getRunAsNonRoot() == null),
            pod.name() + " " + it.getName() + " overrides the pod's user");
      }
    }
    return findings.list();
  }

  static List<String> podsStayOffTheNode(Manifests manifests) {
    Findings findings = new Findings();
    for (Manifests.Pod pod : manifests.pods()) {
      PodSpec spec = pod.spec();
      findings
          .unless(spec.getHostNetwork() == null, pod.name() + " uses the node's network")
          .unless(spec.getHostPID() == null, pod.name() + " sees the node's processes")
          .unless(spec.getHostIPC() == null, pod.name() + " shares the node's memory");
      for (Volume it : spec.getVolumes()) {
        findings.unless(it.getHostPath() == null, pod.name() + " mounts the node's files");
      }
      for (Container it : pod.containers()) {
        findings.unless(
            it.getPorts().stream().allMatch(port -> port.getHostPort() == null),
            pod.name() + " opens a port of the node");
      }
    }
    return findings.list();
  }

  static List<String> podsGetNoApiToken(Manifests manifests) {
    Findings findings = new Findings();
    for (Manifests.Pod pod : manifests.pods()) {
      findings.unless(
          Boolean.FALSE.equals(pod.spec().getAutomountServiceAccountToken()),
          pod.name() + " mounts an API token");
      findings.unless(
          manifests.all(ServiceAccount.class).stream()
              .anyMatch(
                  it -> it.getMetadata().getName().equals(pod.spec().getServiceAccountName())),
          pod.name() + " runs under an account that is not here");
    }
    for (ServiceAccount it : manifests.all(ServiceAccount.class)) {
      findings.unless(
          Boolean.FALSE.equals(it.getAutomountServiceAccountToken()),
          Manifests.name(it) + " mounts its token");
    }
    return findings.list();
  }

  static List<String> containersAreLocked(Manifests manifests) {
    Findings findings = new Findings();
    for (Manifests.Pod pod : manifests.pods()) {
      for (Container it : pod.containers()) {
        String where = pod.name() + " " + it.getName();
        var context = it.getSecurityContext();
        if (context == null || context.getCapabilities() == null) {
          findings.unless(false, where + " has no securityContext or keeps its capabilities");
          continue;
        }
        findings
            .unless(
                Boolean.TRUE.equals(context.getReadOnlyRootFilesystem()),
                where + " may write to its image")
            .unless(
                Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()),
                where + " may gain privileges")
            .unless(context.getPrivileged() == null, where + " is privileged")
            .unless(
                context.getCapabilities().getDrop().equals(List.of("ALL"))
                    && context.getCapabilities().getAdd().isEmpty(),
                where + " keeps capabilities");
      }
    }
    return findings.list();
  }

  static List<String> fewPlacesAreWritable(Manifests manifests) {
    Findings findings = new Findings();
    for (Manifests.Pod pod : manifests.pods()) {
      for (Container it : pod.containers()) {
        for (var mount : it.getVolumeMounts()) {
          findings.unless(
              Boolean.TRUE.equals(mount.getReadOnly()) || WRITABLE.contains(mount.getMountPath()),
              pod.name() + " " + it.getName() + " may write to " + mount.getMountPath());
        }
      }
    }
    return findings.list();
  }
}
