/* conf_lex_test.c — text is cut into tokens, each on its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/conf_lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The tokens of TEXT as "LINE KIND[bytes]", a '^' where one begins its line. */
static const char *
cut(const char *text)
{
	static const char kinds[] = "ws{}=,!.";
	static char out[1024];
	size_t used = 0;
	struct conf_lex_token *tokens = conf_lex(text, strlen(text));

	assert_non_null(tokens);
	for (struct conf_lex_token *token = tokens;; token++) {
		used += (size_t)snprintf(out + used, sizeof(out) - used,
		    "%u%s%c[%.*s] ", token->line, token->is_first ? "^" : "",
		    kinds[token->kind], (int)token->len, text + token->start);
		assert_int_equal(
		    token->kind == CONF_LEX_BAD, token->fault != NULL);
		if (token->kind == CONF_LEX_END)
			break;
	}
	free(tokens);
	out[used - 1] = '\0';
	return out;
}

static void
tokens_have_their_bytes_and_lines(void **state)
{
	(void)state;
	static const struct {
		const char *text, *tokens;
	} cases[] = {
	    {"", "1^.[]"},
	    {"a = 1\nb", "1^w[a] 1=[=] 1w[1] 2^w[b] 2.[]"},
	    {"a{b}c,", "1^w[a] 1{[{] 1w[b] 1}[}] 1w[c] 1,[,] 1.[]"},
	    {"\r\n\t a_b-c.d:1/%@ #x\n", "2^w[a_b-c.d:1/%@] 3^.[]"},
	    {"a#b\nc//d\ne/*f*/g", "1^w[a] 2^w[c] 3^w[e] 3w[g] 3.[]"},
	    {"a/b/ /c", "1^w[a/b/] 1w[/c] 1.[]"},
	    {"/*\n*/a/* * /\n**/", "2^w[a] 3^.[]"},
	    {"a /* b", "1^w[a] 1![/*] 1.[]"},
	    {"/*/ a\n*/", "2^.[]"},
	    {"\"a b\" \"#{\"", "1^s[\"a b\"] 1s[\"#{\"] 1.[]"},
	    {"\"a\\\"b\\\\\"c", "1^s[\"a\\\"b\\\\\"] 1w[c] 1.[]"},
	    {"\"a\nb\"", "1^![\"a] 2^w[b] 2![\"] 2.[]"},
	    {"\"a\\\nb", "1^![\"a\\] 2^w[b] 2.[]"},
	    {"\"a\\", "1^![\"a\\] 1.[]"},
	    {"\"${a}\" \"$a\"", "1^![\"${a}\"] 1s[\"$a\"] 1.[]"},
	    {"\"\\x41\" b", "1^![\"\\x41\"] 1w[b] 1.[]"},
	    {"'a b' 'c\nd", "1^!['a b'] 1!['] 1w[c] 2^w[d] 2.[]"},
	    {"+()a", "1^![+()] 1w[a] 1.[]"},
	    {"\xef\xbb\xbf"
	     "a",
	        "1^w[a] 1.[]"},
	    {"a\xef\xbb\xbf", "1^w[a] 1![\xef\xbb\xbf] 1.[]"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(cut(cases[i].text), cases[i].tokens);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tokens_have_their_bytes_and_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
