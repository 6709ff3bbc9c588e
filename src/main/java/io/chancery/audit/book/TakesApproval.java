package io.chancery.audit.book;

import io.chancery.audit.report.Place;

/**
 * A certificate that several persons must have approved.
 *
 * @param approvals how many, as its reservation says
 * @param sha256 of what was signed: the TBSCertificate of the certificate in the book
 */
public record TakesApproval(String serial, int approvals, String sha256, Place place) {}
