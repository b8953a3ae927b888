/*
 * dns_wire.h — the numbers of RFC 1035 and its successors that a message is
 * made of. Used in every process.
 */
#ifndef NETLAB_SERVICES_DNS_WIRE_H
#define NETLAB_SERVICES_DNS_WIRE_H

/* Sizes in bytes (RFC 1035 §2.3.4, §4.1.1, §4.2). */
enum {
	DNS_HEADER_SIZE = 12,
	DNS_NAME_MAX = 255,
	DNS_LABEL_MAX = 63,
	DNS_LABEL_COUNT_MAX = 127,  /* without the root's */
	DNS_QUESTION_FIXED = 4,     /* QTYPE, QCLASS */
	DNS_RECORD_FIXED = 10,      /* TYPE, CLASS, TTL, RDLENGTH */
	DNS_POINTER_LIMIT = 0x4000, /* a pointer has 14 bits (§4.1.4) */
	DNS_UDP_PLAIN_MAX = 512,    /* without EDNS */
	DNS_UDP_MAX = 1232,         /* what we advertise and never exceed: no
	                               fragments on an IPv6 path of 1280 (RFC 9715) */
	DNS_TCP_MAX = 65535,
};

/* Offsets in a record whose owner is a pointer, as in all that a zone's block
 * holds. */
enum {
	DNS_RR_TYPE = 2,
	DNS_RR_CLASS = 4,
	DNS_RR_TTL = 6,
	DNS_RR_LENGTH = 10, /* of RDATA */
	DNS_RR_RDATA = 12,
};

/* Where the numbers of a SOA begin, counted from the end of its RDATA. */
enum {
	DNS_SOA_SERIAL = 20,
	DNS_SOA_REFRESH = 16,
	DNS_SOA_RETRY = 12,
	DNS_SOA_EXPIRE = 8,
	DNS_SOA_MINIMUM = 4,
};

/* An OPT record (RFC 6891 §6.1.2). */
enum {
	DNS_OPT_SIZE = 11,   /* without options */
	DNS_OPT_DO = 0x8000, /* in the low half of its TTL (RFC 3225) */
};

/* The header's third and fourth byte, as one number. */
enum {
	DNS_FLAG_QR = 0x8000,
	DNS_FLAG_AA = 0x0400,
	DNS_FLAG_TC = 0x0200,
	DNS_FLAG_RD = 0x0100,
	DNS_FLAG_RA = 0x0080,
	DNS_FLAG_Z = 0x0040,
	DNS_FLAG_AD = 0x0020, /* RFC 4035 §3.2.3 */
	DNS_FLAG_CD = 0x0010,
	DNS_OPCODE_MASK = 0x7800,
	DNS_OPCODE_NOTIFY = 4 << 11, /* RFC 1996 */
	DNS_OPCODE_UPDATE = 5 << 11, /* RFC 2136 */
	DNS_POINTER = 0xc000, /* the two high bits of a compression pointer */
};

enum {
	DNS_RCODE_NOERROR = 0,
	DNS_RCODE_FORMERR = 1,
	DNS_RCODE_SERVFAIL = 2,
	DNS_RCODE_NXDOMAIN = 3,
	DNS_RCODE_NOTIMP = 4,
	DNS_RCODE_REFUSED = 5,
	DNS_RCODE_YXDOMAIN = 6,
	DNS_RCODE_NOTAUTH = 9,
	DNS_RCODE_BADVERS = 16, /* its high bits travel in the OPT record */
	DNS_RCODE_BADCOOKIE = 23,
};

/* Options of an OPT record. */
enum {
	DNS_OPTION_NSID = 3,       /* RFC 5001 */
	DNS_OPTION_COOKIE = 10,    /* RFC 7873 */
	DNS_OPTION_KEEPALIVE = 11, /* edns-tcp-keepalive, RFC 7828 */
	DNS_OPTION_EDE = 15,       /* RFC 8914 */
	DNS_OPTION_HEAD = 4,       /* bytes of OPTION-CODE and OPTION-LENGTH */
};

/* Extended DNS errors (RFC 8914 §4): why it is this RCODE. */
enum {
	DNS_EDE_NONE = 0, /* none that we say: 0 would be "Other" */
	DNS_EDE_NOT_READY = 14,
	DNS_EDE_PROHIBITED = 18,
	DNS_EDE_NOT_AUTHORITATIVE = 20,
	DNS_EDE_NOT_SUPPORTED = 21,
};

enum {
	DNS_CLASS_IN = 1,
	DNS_CLASS_CH = 3,
	DNS_CLASS_ANY = 255,
};

enum {
	DNS_TYPE_A = 1,
	DNS_TYPE_NS = 2,
	DNS_TYPE_CNAME = 5,
	DNS_TYPE_SOA = 6,
	DNS_TYPE_PTR = 12,
	DNS_TYPE_MX = 15,
	DNS_TYPE_TXT = 16,
	DNS_TYPE_AAAA = 28,
	DNS_TYPE_SRV = 33,
	DNS_TYPE_DNAME = 39,
	DNS_TYPE_OPT = 41,
	DNS_TYPE_DS = 43,
	DNS_TYPE_RRSIG = 46,
	DNS_TYPE_NSEC = 47,
	DNS_TYPE_DNSKEY = 48,
	DNS_TYPE_NSEC3 = 50,
	DNS_TYPE_NSEC3PARAM = 51,
	DNS_TYPE_CDS = 59,
	DNS_TYPE_CDNSKEY = 60,
	DNS_TYPE_TKEY = 249,
	DNS_TYPE_TSIG = 250,
	DNS_TYPE_IXFR = 251,
	DNS_TYPE_AXFR = 252,
	DNS_TYPE_MAILB = 253,
	DNS_TYPE_MAILA = 254,
	DNS_TYPE_ANY = 255,
	/* RFC 6895 §3.1: no data, as OPT has none. */
	DNS_TYPE_META_FIRST = 128,
	DNS_TYPE_META_LAST = 255,
};

#endif
