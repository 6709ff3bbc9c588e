package io.chancery.house;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * What is promised of authorities that are set up otherwise: one is started after the other. The
 * first is set up as usual, for tests that need it and what only their room may see.
 */
@Suite
@SelectPackages("io.chancery")
@IncludeClassNamePatterns({
  "io\\.chancery\\.(scenario\\.apart|chaos)\\..*Test",
  OwnAuthoritySuite.IN_THEIR_ROOMS
})
class OwnAuthoritySuite {
  static final String IN_THEIR_ROOMS =
      ".*\\.(AFrozenFilterIsFenced|AFrozenPublisherIsFenced|AFrozenSequencerIsFenced"
          + "|AStartDoesNotWaitForALongCrl|AnotherReplicaGoesOn|ApprovalCommands|ChangeReader|EndingReadsFewRows|FullDoor"
          + "|Leases|NumbersNeverGoBack|SearchReadsFewRows|StatusFeed|StatusNode)Test";
}
