package io.chancery.house;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The rest of the rooms: commands, and audits of books that somebody changed. */
@Suite
@SelectPackages({"io.chancery.cli", "io.chancery.audit"})
@ExcludeClassNamePatterns(OwnAuthoritySuite.IN_THEIR_ROOMS)
class CommandsSuite {}
