package io.chancery.deploy;

import java.util.List;
import java.util.function.Function;

/** What holds for every set of objects under deploy/k8s. Each rule lists what breaks it. */
enum Rule {
  SELECTORS_FIND_THEIR_PODS(WorkloadRules::selectorsFindTheirPods),
  SERVICES_LEAD_TO_OPEN_PORTS(WorkloadRules::servicesLeadToOpenPorts),
  PROBES_ASK_OPEN_PORTS(WorkloadRules::probesAskOpenPorts),
  DEPLOYMENTS_OUTLIVE_A_NODE(WorkloadRules::deploymentsOutliveANode),
  RESOURCES_ARE_BOUNDED(WorkloadRules::resourcesAreBounded),
  IMAGES_ARE_PINNED(WorkloadRules::imagesArePinned),
  PODS_RUN_AS_NOBODY(HardeningRules::podsRunAsNobody),
  PODS_STAY_OFF_THE_NODE(HardeningRules::podsStayOffTheNode),
  PODS_GET_NO_API_TOKEN(HardeningRules::podsGetNoApiToken),
  CONTAINERS_ARE_LOCKED(HardeningRules::containersAreLocked),
  FEW_PLACES_ARE_WRITABLE(HardeningRules::fewPlacesAreWritable),
  NO_SECRET_IS_WRITTEN_HERE(SecretRules::noSecretIsWrittenHere),
  NO_SECRET_BY_ENVIRONMENT(SecretRules::noSecretByEnvironment),
  SECRET_FILES_ARE_0400(SecretRules::secretFilesAre0400),
  NETWORK_IS_DENIED_BY_DEFAULT(NetworkRules::deniedByDefault),
  INGRESS_NAMES_OPEN_PORTS(NetworkRules::ingressNamesOpenPorts),
  EGRESS_NAMES_PEER_AND_PORT(NetworkRules::egressNamesPeerAndPort);

  private final Function<Manifests, List<String>> check;

  Rule(Function<Manifests, List<String>> check) {
    this.check = check;
  }

  List<String> broken(Manifests manifests) {
    return check.apply(manifests);
  }
}
