/* dissect_dns_word.c — the RFCs' words for the fields of RDATA. Pure. */
#include "client/dissect/dissect_dns_word.h"

#include <stddef.h>

static const struct dissect_dns_word words[] = {
    {1, ".", "RFC 1035 §3.4.1", {"ADDRESS"}},
    {2, ".", "RFC 1035 §3.3.11", {"NSDNAME"}},
    {5, ".", "RFC 1035 §3.3.1", {"CNAME"}},
    {6, "...tttt", "RFC 1035 §3.3.13",
        {"MNAME", "RNAME", "SERIAL", "REFRESH", "RETRY", "EXPIRE", "MINIMUM"}},
    {12, ".", "RFC 1035 §3.3.12", {"PTRDNAME"}},
    {13, "..", "RFC 1035 §3.3.2", {"CPU", "OS"}},
    {14, "..", "RFC 1035 §3.3.7", {"RMAILBX", "EMAILBX"}},
    {15, "..", "RFC 1035 §3.3.9", {"PREFERENCE", "EXCHANGE"}},
    {16, ".", "RFC 1035 §3.3.14", {"TXT-DATA"}},
    {17, "..", "RFC 1183 §2.2", {"mbox-dname", "txt-dname"}},
    {18, "..", "RFC 1183 §1", {"subtype", "hostname"}},
    {21, "..", "RFC 1183 §3.3", {"preference", "intermediate-host"}},
    {25, "..a.", "RFC 2535 §3.1",
        {"flags", "protocol", "algorithm", "public key"}},
    {28, ".", "RFC 3596 §2.2", {"ADDRESS"}},
    {29, ".", "RFC 1876 §2", {"LOCATION"}},
    {33, "....", "RFC 2782", {"Priority", "Weight", "Port", "Target"}},
    {35, "......", "RFC 3403 §4.1",
        {"ORDER", "PREFERENCE", "FLAGS", "SERVICES", "REGEXP", "REPLACEMENT"}},
    {36, "..", "RFC 2230 §3.1", {"PREFERENCE", "EXCHANGER"}},
    {37, "..a.", "RFC 4398 §2",
        {"type", "key tag", "algorithm", "certificate"}},
    {39, ".", "RFC 6672 §2.1", {"target"}},
    {42, ".", "RFC 3123 §4", {"apitems"}},
    {43, ".ad.", "RFC 4034 §5.1",
        {"Key Tag", "Algorithm", "Digest Type", "Digest"}},
    {44, "...", "RFC 4255 §3.1", {"algorithm", "fp type", "fingerprint"}},
    {45, ".", "RFC 4025 §2", {"gateway and key"}},
    {46, ".a.tTT...", "RFC 4034 §3.1",
        {"Type Covered", "Algorithm", "Labels", "Original TTL",
            "Signature Expiration", "Signature Inception", "Key Tag",
            "Signer's Name", "Signature"}},
    {47, "..", "RFC 4034 §4.1", {"Next Domain Name", "Type Bit Maps"}},
    {48, "k.a.", "RFC 4034 §2.1",
        {"Flags", "Protocol", "Algorithm", "Public Key"}},
    {49, ".", "RFC 4701 §3.1", {"DHCID"}},
    {50, "......", "RFC 5155 §3.2",
        {"Hash Algorithm", "Flags", "Iterations", "Salt",
            "Next Hashed Owner Name", "Type Bit Maps"}},
    {51, "....", "RFC 5155 §4.2",
        {"Hash Algorithm", "Flags", "Iterations", "Salt"}},
    {52, "....", "RFC 6698 §2.1",
        {"Certificate Usage", "Selector", "Matching Type",
            "Certificate Association Data"}},
    {53, "....", "RFC 8162 §2",
        {"Certificate Usage", "Selector", "Matching Type",
            "Certificate Association Data"}},
    {59, ".ad.", "RFC 7344 §3.1",
        {"Key Tag", "Algorithm", "Digest Type", "Digest"}},
    {60, "k.a.", "RFC 7344 §3.2",
        {"Flags", "Protocol", "Algorithm", "Public Key"}},
    {61, ".", "RFC 7929 §2.1", {"OpenPGP public key"}},
    {62, "...", "RFC 7477 §2.1", {"SOA Serial", "Flags", "Type Bit Map"}},
    {63, "....", "RFC 8976 §2.2",
        {"Serial", "Scheme", "Hash Algorithm", "Digest"}},
    {64, "...", "RFC 9460 §2.2", {"SvcPriority", "TargetName", "SvcParams"}},
    {65, "...", "RFC 9460 §2.2", {"SvcPriority", "TargetName", "SvcParams"}},
    {99, ".", "RFC 4408 §3.1.1", {"TXT-DATA"}},
    {104, "..", "RFC 6742 §2.1", {"Preference", "NodeID"}},
    {105, "..", "RFC 6742 §2.2", {"Preference", "Locator32"}},
    {106, "..", "RFC 6742 §2.3", {"Preference", "Locator64"}},
    {107, "..", "RFC 6742 §2.4", {"Preference", "FQDN"}},
    {108, ".", "RFC 7043 §3.1", {"EUI-48 Address"}},
    {109, ".", "RFC 7043 §4.1", {"EUI-64 Address"}},
    {256, "...", "RFC 7553 §4.5", {"Priority", "Weight", "Target"}},
    {257, "...", "RFC 8659 §4.1", {"Flags", "Tag", "Value"}},
};

const struct dissect_dns_word *
dissect_dns_word_find(uint16_t type)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].type == type)
			return &words[i];
	return NULL;
}
