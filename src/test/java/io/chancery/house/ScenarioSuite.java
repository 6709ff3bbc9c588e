package io.chancery.house;

import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** What all rooms promise together: one authority is started, and shared. */
@Suite
@SelectPackages("io.chancery.scenario")
@ExcludePackages("io.chancery.scenario.apart")
class ScenarioSuite {}
