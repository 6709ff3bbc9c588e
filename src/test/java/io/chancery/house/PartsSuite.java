package io.chancery.house;

import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** What each room promises. {@link SuitesTest} says why there are suites. */
@Suite
@SelectPackages("io.chancery")
@ExcludePackages({"io.chancery.scenario", "io.chancery.chaos"})
class PartsSuite {}
