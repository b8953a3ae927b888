/* dns_code.c — the numbers in messages by their names. Pure. */
#include "services/dns/dns_code.h"

#include <stddef.h>

struct code {
	unsigned number;
	const char *name;
};

/* The tables are short and ascend; they end in a NULL. */
static const char *
find(const struct code *code, unsigned number)
{
	while (code->name != NULL && code->number < number)
		code++;
	return code->name != NULL && code->number == number ? code->name : NULL;
}

const char *
dns_code_opcode(unsigned opcode)
{
	static const struct code codes[] = {
	    {0, "QUERY"},
	    {1, "IQUERY"},
	    {2, "STATUS"},
	    {4, "NOTIFY"},
	    {5, "UPDATE"},
	    {6, "DSO"},
	    {0, NULL},
	};

	return find(codes, opcode);
}

const char *
dns_code_rcode(unsigned rcode)
{
	static const struct code codes[] = {
	    {0, "NOERROR"},
	    {1, "FORMERR"},
	    {2, "SERVFAIL"},
	    {3, "NXDOMAIN"},
	    {4, "NOTIMP"},
	    {5, "REFUSED"},
	    {6, "YXDOMAIN"},
	    {7, "YXRRSET"},
	    {8, "NXRRSET"},
	    {9, "NOTAUTH"},
	    {10, "NOTZONE"},
	    {11, "DSOTYPENI"},
	    {16, "BADVERS"},
	    {17, "BADKEY"},
	    {18, "BADTIME"},
	    {19, "BADMODE"},
	    {20, "BADNAME"},
	    {21, "BADALG"},
	    {22, "BADTRUNC"},
	    {23, "BADCOOKIE"},
	    {0, NULL},
	};

	return find(codes, rcode);
}

const char *
dns_code_tsig_error(unsigned error)
{
	return error == 16 ? "BADSIG" : dns_code_rcode(error);
}

const char *
dns_code_class(unsigned class)
{
	static const struct code codes[] = {
	    {1, "IN"},
	    {3, "CH"},
	    {4, "HS"},
	    {254, "NONE"},
	    {255, "ANY"},
	    {0, NULL},
	};

	return find(codes, class);
}

const char *
dns_code_meta_type(unsigned type)
{
	static const struct code codes[] = {
	    {41, "OPT"},
	    {249, "TKEY"},
	    {250, "TSIG"},
	    {251, "IXFR"},
	    {252, "AXFR"},
	    {253, "MAILB"},
	    {254, "MAILA"},
	    {255, "ANY"},
	    {0, NULL},
	};

	return find(codes, type);
}

const char *
dns_code_option(unsigned option)
{
	static const struct code codes[] = {
	    {1, "LLQ"},
	    {2, "UPDATE-LEASE"},
	    {3, "NSID"},
	    {5, "DAU"},
	    {6, "DHU"},
	    {7, "N3U"},
	    {8, "CLIENT-SUBNET"},
	    {9, "EXPIRE"},
	    {10, "COOKIE"},
	    {11, "TCP-KEEPALIVE"},
	    {12, "PADDING"},
	    {13, "CHAIN"},
	    {14, "KEY-TAG"},
	    {15, "EXTENDED-ERROR"},
	    {16, "CLIENT-TAG"},
	    {17, "SERVER-TAG"},
	    {18, "REPORT-CHANNEL"},
	    {19, "ZONEVERSION"},
	    {0, NULL},
	};

	return find(codes, option);
}

const char *
dns_code_extended_error(unsigned code)
{
	static const char *const names[] = {
	    "Other Error",
	    "Unsupported DNSKEY Algorithm",
	    "Unsupported DS Digest Type",
	    "Stale Answer",
	    "Forged Answer",
	    "DNSSEC Indeterminate",
	    "DNSSEC Bogus",
	    "Signature Expired",
	    "Signature Not Yet Valid",
	    "DNSKEY Missing",
	    "RRSIGs Missing",
	    "No Zone Key Bit Set",
	    "NSEC Missing",
	    "Cached Error",
	    "Not Ready",
	    "Blocked",
	    "Censored",
	    "Filtered",
	    "Prohibited",
	    "Stale NXDOMAIN Answer",
	    "Not Authoritative",
	    "Not Supported",
	    "No Reachable Authority",
	    "Network Error",
	    "Invalid Data",
	};

	return code < sizeof(names) / sizeof(names[0]) ? names[code] : NULL;
}

const char *
dns_code_algorithm(unsigned algorithm)
{
	static const struct code codes[] = {
	    {0, "DELETE"},
	    {1, "RSAMD5"},
	    {3, "DSA"},
	    {5, "RSASHA1"},
	    {6, "DSA-NSEC3-SHA1"},
	    {7, "RSASHA1-NSEC3-SHA1"},
	    {8, "RSASHA256"},
	    {10, "RSASHA512"},
	    {12, "ECC-GOST"},
	    {13, "ECDSAP256SHA256"},
	    {14, "ECDSAP384SHA384"},
	    {15, "ED25519"},
	    {16, "ED448"},
	    {252, "INDIRECT"},
	    {253, "PRIVATEDNS"},
	    {254, "PRIVATEOID"},
	    {0, NULL},
	};

	return find(codes, algorithm);
}

const char *
dns_code_digest(unsigned digest)
{
	static const struct code codes[] = {
	    {0, "DELETE"},
	    {1, "SHA-1"},
	    {2, "SHA-256"},
	    {3, "GOST R 34.11-94"},
	    {4, "SHA-384"},
	    {0, NULL},
	};

	return find(codes, digest);
}
