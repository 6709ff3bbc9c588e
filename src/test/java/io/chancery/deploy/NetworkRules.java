package io.chancery.deploy;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;

/** That nothing is reached, and nothing reaches out, but by a policy that says so. */
final class NetworkRules {
  private static final List<String> DIRECTIONS = List.of("Ingress", "Egress");

  private NetworkRules() {}

  static List<String> deniedByDefault(Manifests manifests) {
    boolean denied =
        manifests.all(NetworkPolicy.class).stream()
            .map(NetworkPolicy::getSpec)
            .anyMatch(
                it ->
                    it.getPodSelector().getMatchLabels().isEmpty()
                        && it.getPodSelector().getMatchExpressions().isEmpty()
                        && it.getPolicyTypes().containsAll(DIRECTIONS)
                        && it.getIngress().isEmpty()
                        && it.getEgress().isEmpty());
    return new Findings().unless(denied, "no policy denies all by default").list();
  }

  static List<String> ingressNamesOpenPorts(Manifests manifests) {
    Findings findings = new Findings();
    for (NetworkPolicy policy : manifests.all(NetworkPolicy.class)) {
      for (var rule : policy.getSpec().getIngress()) {
        findings.unless(!rule.getPorts().isEmpty(), Manifests.name(policy) + " opens every port");
        for (var port : rule.getPorts()) {
          for (var pod : manifests.podsWith(policy.getSpec().getPodSelector())) {
            Object open = port.getPort().getValue();
            findings.unless(
                pod.opens(open),
                Manifests.name(policy) + " opens " + open + ", closed in " + pod.name());
          }
        }
      }
    }
    return findings.list();
  }

  static List<String> egressNamesPeerAndPort(Manifests manifests) {
    Findings findings = new Findings();
    for (NetworkPolicy policy : manifests.all(NetworkPolicy.class)) {
      for (var rule : policy.getSpec().getEgress()) {
        boolean wide =
            rule.getTo().stream()
                .anyMatch(
                    it -> it.getIpBlock() != null && it.getIpBlock().getCidr().endsWith("/0"));
        findings
            .unless(!rule.getPorts().isEmpty(), Manifests.name(policy) + " reaches every port")
            .unless(!rule.getTo().isEmpty() && !wide, Manifests.name(policy) + " reaches everyone");
      }
    }
    return findings.list();
  }
}
