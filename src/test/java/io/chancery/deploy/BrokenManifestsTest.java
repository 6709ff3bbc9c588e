package io.chancery.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each check of {@link DeployTest} finds the mistake that it is there for. */
class BrokenManifestsTest {
  private static final Path BASE = Path.of("deploy/k8s/base");

  /** One change to the whole base, the rule it breaks and a part of what is said about it. */
  enum Mistake {
    OTHER_LABEL(
        Rule.SELECTORS_FIND_THEIR_PODS,
        "    matchLabels:\n      app.kubernetes.io/name: chancery\n",
        "    matchLabels:\n      app.kubernetes.io/name: chancellery\n",
        "does not select its own pods"),
    BUDGET_FOR_NOBODY(
        Rule.SELECTORS_FIND_THEIR_PODS,
        "AlwaysAllow\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: chancery",
        "AlwaysAllow\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: nobody",
        "PodDisruptionBudget/chancery-api selects the pods of 0"),
    SERVICE_TO_NOWHERE(
        Rule.SERVICES_LEAD_TO_OPEN_PORTS, "targetPort: https", "targetPort: 8444", "leads to 8444"),
    PROBE_OF_A_CLOSED_PORT(
        Rule.PROBES_ASK_OPEN_PORTS,
        "path: /q/health/ready\n              port: management",
        "path: /q/health/ready\n              port: 9001",
        "asks a closed port: 9001"),
    PROBE_OF_ANOTHER_PATH(
        Rule.PROBES_ASK_OPEN_PORTS, "/q/health/live", "/health/live", "asks not /q/health/live"),
    ONE_REPLICA(Rule.DEPLOYMENTS_OUTLIVE_A_NODE, "replicas: 2", "replicas: 1", "has one replica"),
    NO_BUDGET(
        Rule.DEPLOYMENTS_OUTLIVE_A_NODE,
        "AlwaysAllow\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: chancery",
        "AlwaysAllow\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: nobody",
        "has no disruption budget"),
    SPREAD_OF_ZONES_ONLY(
        Rule.DEPLOYMENTS_OUTLIVE_A_NODE,
        "kubernetes.io/hostname",
        "topology.kubernetes.io/region",
        "is not spread"),
    NO_GRACE(
        Rule.DEPLOYMENTS_OUTLIVE_A_NODE,
        "terminationGracePeriodSeconds: 45",
        "terminationGracePeriodSeconds: 0",
        "no time to end"),
    NO_MEMORY_LIMIT(
        Rule.RESOURCES_ARE_BOUNDED,
        "            limits:\n              memory: 768Mi\n",
        "",
        "unbounded"),
    LATEST_IMAGE(Rule.IMAGES_ARE_PINNED, "chancery:0.1.0", "chancery:latest", "runs registry"),
    UNTAGGED_IMAGE(Rule.IMAGES_ARE_PINNED, "chancery:0.1.0", "chancery", "runs registry"),
    ROOT_POD(Rule.PODS_RUN_AS_NOBODY, "runAsUser: 10001", "runAsUser: 0", "no numeric uid"),
    MAY_BE_ROOT(
        Rule.PODS_RUN_AS_NOBODY, "runAsNonRoot: true", "runAsNonRoot: false", "may be root"),
    ROOT_CONTAINER(
        Rule.PODS_RUN_AS_NOBODY,
        "readOnlyRootFilesystem: true",
        "readOnlyRootFilesystem: true\n            runAsUser: 0",
        "overrides the pod's user"),
    NO_SECCOMP(Rule.PODS_RUN_AS_NOBODY, "RuntimeDefault", "Unconfined", "no seccomp"),
    HOST_NETWORK(
        Rule.PODS_STAY_OFF_THE_NODE,
        "enableServiceLinks: false",
        "hostNetwork: true",
        "node's network"),
    HOST_PATH(
        Rule.PODS_STAY_OFF_THE_NODE,
        "emptyDir:\n            sizeLimit: 128Mi",
        "hostPath:\n            path: /tmp",
        "node's files"),
    HOST_PORT(
        Rule.PODS_STAY_OFF_THE_NODE,
        "containerPort: 9000",
        "containerPort: 9000\n              hostPort: 9000",
        "port of the node"),
    ACCOUNT_TOKEN(
        Rule.PODS_GET_NO_API_TOKEN,
        "\nautomountServiceAccountToken: false",
        "\nautomountServiceAccountToken: true",
        "ServiceAccount/chancery mounts"),
    POD_TOKEN(
        Rule.PODS_GET_NO_API_TOKEN,
        "      automountServiceAccountToken: false\n",
        "",
        "mounts an API token"),
    OTHER_ACCOUNT(
        Rule.PODS_GET_NO_API_TOKEN,
        "serviceAccountName: chancery",
        "serviceAccountName: default",
        "account that is not here"),
    WRITABLE_ROOT(
        Rule.CONTAINERS_ARE_LOCKED,
        "readOnlyRootFilesystem: true",
        "readOnlyRootFilesystem: false",
        "may write to its image"),
    ESCALATION(
        Rule.CONTAINERS_ARE_LOCKED,
        "allowPrivilegeEscalation: false",
        "allowPrivilegeEscalation: true",
        "may gain privileges"),
    PRIVILEGED(
        Rule.CONTAINERS_ARE_LOCKED,
        "allowPrivilegeEscalation: false",
        "allowPrivilegeEscalation: false\n            privileged: true",
        "is privileged"),
    SOME_CAPABILITIES(Rule.CONTAINERS_ARE_LOCKED, "- ALL", "- NET_RAW", "keeps capabilities"),
    ADDED_CAPABILITY(
        Rule.CONTAINERS_ARE_LOCKED,
        "            capabilities:\n",
        "            capabilities:\n              add: [SYS_PTRACE]\n",
        "keeps capabilities"),
    WRITABLE_MOUNT(
        Rule.FEW_PLACES_ARE_WRITABLE,
        "mountPath: /etc/chancery/authority\n              readOnly: true",
        "mountPath: /etc/chancery/authority",
        "may write to /etc/chancery/authority"),
    SECRET_IN_THE_FILE(
        Rule.NO_SECRET_IS_WRITTEN_HERE,
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: chancery\n",
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: pin\nstringData:\n  pin: dummy\n---\n"
            + "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: chancery\n",
        "Secret/pin holds its secret"),
    PIN_VALUE(
        Rule.NO_SECRET_BY_ENVIRONMENT,
        "          env:\n",
        "          env:\n            - name: CHANCERY_HSM_PIN\n              value: dummy\n",
        "CHANCERY_HSM_PIN"),
    PIN_REFERENCE(
        Rule.NO_SECRET_BY_ENVIRONMENT,
        "          env:\n",
        "          env:\n            - name: X\n              valueFrom:\n"
            + "                secretKeyRef: {name: chancery-hsm-pin, key: pin}\n",
        "by environment: X"),
    WHOLE_SECRET(
        Rule.NO_SECRET_BY_ENVIRONMENT,
        "          env:\n",
        "          envFrom:\n            - secretRef: {name: chancery-hsm-pin}\n          env:\n",
        "whole environment"),
    PIN_FOR_EVERYONE(
        Rule.SECRET_FILES_ARE_0400, "defaultMode: 256", "defaultMode: 292", "is not 0400"),
    PIN_FOR_NOBODY(Rule.SECRET_FILES_ARE_0400, "        fsGroup: 10001\n", "", "no fsGroup"),
    OPEN_NETWORK(
        Rule.NETWORK_IS_DENIED_BY_DEFAULT,
        "    - Ingress\n    - Egress\n",
        "    - Ingress\n",
        "no policy denies"),
    OPEN_PORTS(
        Rule.INGRESS_NAMES_OPEN_PORTS,
        "    - ports:\n        - protocol: TCP\n          port: https\n",
        "    - {}\n",
        "opens every port"),
    PORT_OF_NOBODY(
        Rule.INGRESS_NAMES_OPEN_PORTS,
        "protocol: TCP\n          port: https\n",
        "protocol: TCP\n          port: http\n",
        "opens http, closed"),
    EGRESS_TO_EVERYONE(
        Rule.EGRESS_NAMES_PEER_AND_PORT, "198.51.100.0/24", "0.0.0.0/0", "reaches everyone"),
    EGRESS_TO_EVERY_PORT(
        Rule.EGRESS_NAMES_PEER_AND_PORT,
        "      ports:\n        - protocol: TCP\n          port: 1792\n",
        "",
        "reaches every port");

    private final Rule rule;
    private final String right;
    private final String wrong;
    private final String said;

    Mistake(Rule rule, String right, String wrong, String said) {
      this.rule = rule;
      this.right = right;
      this.wrong = wrong;
      this.said = said;
    }
  }

  @ParameterizedTest
  @EnumSource(Mistake.class)
  void the_rule_finds(Mistake mistake) throws IOException {
    String base = wholeBase();
    assertThat(base).contains(mistake.right);
    Manifests broken = Manifests.parse(base.replace(mistake.right, mistake.wrong));
    assertThat(mistake.rule.broken(broken)).anySatisfy(it -> assertThat(it).contains(mistake.said));
  }

  @Test
  void every_rule_has_a_mistake() {
    Set<Rule> shown =
        Arrays.stream(Mistake.values()).map(it -> it.rule).collect(Collectors.toSet());
    assertThat(shown).containsExactlyInAnyOrder(Rule.values());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replicas: 2 | replicas: 2, replicas: 3 | Duplicate field 'replicas'",
        "replicas: 2 | replica: 2 | Unrecognized field \"replica\"",
        "replicas: 2 | replicas: \"2\" | Cannot coerce String value",
        "replicas: 2 | replicas: | no value at .spec.replicas",
        "runAsNonRoot: true | runAsNonroot: true | Unrecognized field \"runAsNonroot\"",
        "readOnly: true | readOnly: \"true\" | Cannot coerce String value",
        "value: /etc/chancery/settings/chancery.properties | value: 8080 | Integer value (8080)",
        "component: api | component: 1 | Integer value (1)",
        "podSelector: {} | podSelectors: {} | Unrecognized field \"podSelectors\"",
        "kind: PodDisruptionBudget | kind: PodBudget | no kind that this project uses",
        "policy/v1 | policy/v1beta1 | no kind that this project uses"
      })
  void strict_reading_refuses(String right, String wrong, String said) throws IOException {
    String base = wholeBase();
    assertThat(base).contains(right);
    String broken = base.replace(right, wrong.replace(", ", "\n  "));
    assertThatThrownBy(() -> Manifests.parse(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  @Test
  void a_kustomization_names_what_is_there(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("forgotten.yaml"), "");
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        "resources: [missing.yaml]\nimages: [{name: a, newTag: latest}, {name: b}]\n");
    assertThat(Kustomization.read(folder).broken())
        .containsExactly(
            "missing.yaml does not exist",
            "forgotten.yaml is forgotten",
            "a is not pinned",
            "b is not pinned");
  }

  @Test
  void a_kustomization_makes_no_secret(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("kustomization.yaml"), "secretGenerator: [{name: a, literals: [b=c]}]\n");
    assertThatThrownBy(() -> Kustomization.read(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("secretGenerator");
  }

  @Test
  void a_patch_of_nothing_is_found(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("patch.yaml"),
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: chancery-apis}\n");
    Files.writeString(folder.resolve("kustomization.yaml"), "patches: [{path: patch.yaml}]\n");
    assertThat(Kustomization.read(folder).patchesWithoutTarget(Manifests.parse(wholeBase())))
        .containsExactly("patch.yaml patches nothing: Deployment/chancery-apis");
  }

  private static String wholeBase() throws IOException {
    try (Stream<Path> files = Files.list(BASE)) {
      StringBuilder whole = new StringBuilder();
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".yaml") && !name.equals("kustomization.yaml")) {
          whole.append("---\n").append(Files.readString(file));
        }
      }
      return whole.toString();
    }
  }
}
