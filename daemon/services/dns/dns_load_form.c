/* dns_load_form.c — how data is written. Loader process only. */
#include "services/dns/dns_load_form.h"

static const struct dns_load_form forms[] = {
    {"A", true, false, {"IPv4 address"}, "192.0.2.1"},
    {"AAAA", true, false, {"IPv6 address"}, "2001:db8::1"},
    {"NS", false, false, {"name server"}, "ns1.example.org."},
    {"CNAME", false, false, {"name"}, "www.example.org."},
    {"DNAME", false, false, {"name"}, "example.org."},
    {"PTR", false, false, {"name"}, "www.example.org."},
    {"MX", false, false, {"preference", "mail server"}, "10 mail.example.org."},
    {"SRV", false, false, {"priority", "weight", "port", "host"},
        "0 5 443 www.example.org."},
    {"SOA", false, false,
        {"primary server", "mailbox", "serial", "refresh", "retry", "expire",
            "minimum"},
        "ns1.example.org. hostmaster.example.org. 1 2h 30m 2w 10m"},
    {"TXT", false, true, {"text"}, "\"any text\""},
    {"SPF", false, true, {"text"}, "\"any text\""},
    {"HINFO", false, false, {"machine", "system"}, "\"PC\" \"Linux\""},
    {"CAA", false, false, {"flags", "tag", "value"}, "0 issue \"ca.test\""},
    {"NAPTR", false, false,
        {"order", "preference", "flags", "services", "expression",
            "replacement"},
        "10 50 \"s\" \"SIP+D2U\" \"\" _sip._udp.example.org."},
    {"SSHFP", false, true, {"algorithm", "kind", "fingerprint"},
        "4 2 9f3e… (ssh-keygen -r)"},
    {"TLSA", false, true, {"usage", "selector", "matching", "data"},
        "3 1 1 9f3e…"},
    {"DS", false, true, {"key tag", "algorithm", "digest type", "digest"},
        "12345 13 2 9f3e…"},
    {"DNSKEY", false, true, {"flags", "protocol", "algorithm", "key"},
        "257 3 13 mdss…=="},
    {"SVCB", false, true, {"priority", "target", "parameter"},
        "1 www.example.org. port=8443"},
    {"HTTPS", false, true, {"priority", "target", "parameter"}, "1 . alpn=h2"},
    {"RP", false, false, {"mailbox", "name of a TXT"},
        "hostmaster.example.org. info.example.org."},
};

const struct dns_load_form *
dns_load_form_find(const struct dns_load_word *word)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (dns_load_line_word_is(word, forms[i].type))
			return &forms[i];
	return NULL;
}

const char *
dns_load_form_field(const struct dns_load_form *form, unsigned index)
{
	unsigned count = 0;

	if (form == NULL)
		return NULL;
	while (count < DNS_LOAD_FORM_FIELDS_MAX && form->fields[count] != NULL)
		count++;
	if (form->is_repeated && index >= count)
		return form->fields[count - 1];
	return index < count ? form->fields[index] : NULL;
}
