package io.chancery.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;

/** That the objects fit together, and that the workloads survive ordinary days. */
final class WorkloadRules {
  private static final int LEAST_REPLICAS = 2;
  private static final int LEAST_GRACE_SECONDS = 30;

  private WorkloadRules() {}

  static List<String> selectorsFindTheirPods(Manifests manifests) {
    Findings findings = new Findings();
    for (Deployment it : manifests.all(Deployment.class)) {
      boolean own =
          manifests.podsWith(it.getSpec().getSelector()).stream().anyMatch(p -> p.owner() == it);
      findings.unless(own, Manifests.name(it) + " does not select its own pods");
    }
    for (StatefulSet it : manifests.all(StatefulSet.class)) {
      boolean own =
          manifests.podsWith(it.getSpec().getSelector()).stream().anyMatch(p -> p.owner() == it);
      findings.unless(own, Manifests.name(it) + " does not select its own pods");
    }
    for (Service it : manifests.all(Service.class)) {
      int found = manifests.podsWith(it.getSpec().getSelector()).size();
      findings.unless(found == 1, Manifests.name(it) + " selects the pods of " + found + " owners");
    }
    for (PodDisruptionBudget it : manifests.all(PodDisruptionBudget.class)) {
      int found = manifests.podsWith(it.getSpec().getSelector()).size();
      findings.unless(found == 1, Manifests.name(it) + " selects the pods of " + found + " owners");
    }
    for (NetworkPolicy it : manifests.all(NetworkPolicy.class)) {
      boolean some = !manifests.podsWith(it.getSpec().getPodSelector()).isEmpty();
      findings.unless(some, Manifests.name(it) + " selects no pod");
    }
    return findings.list();
  }

  static List<String> servicesLeadToOpenPorts(Manifests manifests) {
    Findings findings = new Findings();
    for (Service service : manifests.all(Service.class)) {
      for (var port : service.getSpec().getPorts()) {
        for (var pod : manifests.podsWith(service.getSpec().getSelector())) {
          Object target = port.getTargetPort().getValue();
          findings.unless(
              pod.opens(target),
              Manifests.name(service) + " leads to " + target + ", closed in " + pod.name());
        }
      }
    }
    return findings.list();
  }

  static List<String> probesAskOpenPorts(Manifests manifests) {
    Findings findings = new Findings();
    for (Manifests.Pod pod : manifests.pods()) {
      if (!(pod.owner() instanceof Deployment)) {
        continue;
      }
      for (Container it : pod.spec().getContainers()) {
        String where = pod.name() + " " + it.getName();
        probe(findings, pod, where + " startup", it.getStartupProbe(), "/q/health/started");
        probe(findings, pod, where + " liveness", it.getLivenessProbe(), "/q/health/live");
        probe(findings, pod, where + " readiness", it.getReadinessProbe(), "/q/health/ready");
      }
    }
    return findings.list();
  }

  private static void probe(
      Findings findings, Manifests.Pod pod, String where, Probe probe, String path) {
    if (probe == null || probe.getHttpGet() == null) {
      findings.unless(false, where + " probe is missing");
      return;
    }
    Object port = probe.getHttpGet().getPort().getValue();
    findings.unless(pod.opens(port), where + " probe asks a closed port: " + port);
    findings.unless(path.equals(probe.getHttpGet().getPath()), where + " probe asks not " + path);
  }

  static List<String> deploymentsOutliveANode(Manifests manifests) {
    Findings findings = new Findings();
    for (Manifests.Pod pod : manifests.pods()) {
      if (!(pod.owner() instanceof Deployment deployment)) {
        continue;
      }
      Integer replicas = deployment.getSpec().getReplicas();
      Long grace = pod.spec().getTerminationGracePeriodSeconds();
      boolean budget =
          manifests.all(PodDisruptionBudget.class).stream()
              .anyMatch(it -> manifests.podsWith(it.getSpec().getSelector()).contains(pod));
      boolean spread =
          pod.spec().getTopologySpreadConstraints().stream()
              .anyMatch(
                  it ->
                      it.getTopologyKey().equals("kubernetes.io/hostname")
                          && manifests.podsWith(it.getLabelSelector()).contains(pod));
      findings
          .unless(replicas != null && replicas >= LEAST_REPLICAS, pod.name() + " has one replica")
          .unless(budget, pod.name() + " has no disruption budget")
          .unless(spread, pod.name() + " is not spread over nodes")
          .unless(
              grace != null && grace >= LEAST_GRACE_SECONDS,
              pod.name() + " is given no time to end");
    }
    return findings.list();
  }

  static List<String> resourcesAreBounded(Manifests manifests) {
    Findings findings = new Findings();
    for (Manifests.Pod pod : manifests.pods()) {
      for (Container it : pod.containers()) {
        var resources = it.getResources();
        boolean bounded =
            resources != null
                && resources.getLimits().containsKey("memory")
                && resources.getRequests().keySet().containsAll(List.of("cpu", "memory"));
        findings.unless(bounded, pod.name() + " " + it.getName() + " has unbounded resources");
      }
    }
    return findings.list();
  }

  static List<String> imagesArePinned(Manifests manifests) {
    Findings findings = new Findings();
    for (Manifests.Pod pod : manifests.pods()) {
      for (Container it : pod.containers()) {
        findings.unless(PinnedImage.is(it.getImage()), pod.name() + " runs " + it.getImage());
      }
    }
    return findings.list();
  }
}
