package io.chancery.house;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** What a room promises by itself: no authority is started. {@link SuitesTest} says why. */
@Suite
@SelectPackages("io.chancery")
@ExcludePackages({
  "io.chancery.scenario",
  "io.chancery.chaos",
  "io.chancery.cli",
  "io.chancery.audit"
})
@ExcludeClassNamePatterns(OwnAuthoritySuite.IN_THEIR_ROOMS)
class RoomsSuite {}
