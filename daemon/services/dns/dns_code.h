/*
 * dns_code.h — the numbers in messages by the names that IANA has for them
 * (RFC 6895). NULL: none is known. Static. Pure; any process.
 */
#ifndef NETLAB_SERVICES_DNS_CODE_H
#define NETLAB_SERVICES_DNS_CODE_H

/* "QUERY", "NOTIFY". */
const char *dns_code_opcode(unsigned opcode);

/* "NOERROR", "NXDOMAIN"; with its high bits from the OPT record "BADVERS". */
const char *dns_code_rcode(unsigned rcode);

/* The error of a TSIG record: "BADSIG" where an RCODE would be "BADVERS". */
const char *dns_code_tsig_error(unsigned error);

/* "IN", "CH", "HS", "NONE", "ANY". */
const char *dns_code_class(unsigned class);

/* Types that are no data and so not in dns_text_type.h: "OPT", "AXFR". */
const char *dns_code_meta_type(unsigned type);

/* Options of EDNS: "NSID", "COOKIE". */
const char *dns_code_option(unsigned option);

/* INFO-CODE of an extended error (RFC 8914 §5.2): "Stale Answer". */
const char *dns_code_extended_error(unsigned code);

/* Algorithms of DNSKEY and RRSIG: "ED25519"; digests of DS: "SHA-256". */
const char *dns_code_algorithm(unsigned algorithm);
const char *dns_code_digest(unsigned digest);

#endif
