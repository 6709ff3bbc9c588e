/**
 * Scenarios of authorities that are set up otherwise than the one that all others share: each class
 * starts one for itself. They are in a package of their own because a suite that only looks at such
 * a class has Quarkus make that authority ready.
 */
package io.chancery.scenario.apart;
