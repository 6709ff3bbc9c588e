package io.chancery.house;

import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** What is promised of authorities that are set up otherwise: one is started after the other. */
@Suite
@SelectPackages({"io.chancery.scenario.apart", "io.chancery.chaos"})
class OwnAuthoritySuite {}
