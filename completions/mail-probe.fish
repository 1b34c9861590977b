function __mail-probe_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-probe_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-probe_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-probe_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-probe_parse_tokens -S
    set -l unparsed_tokens (__mail-probe_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-probe'
        __mail-probe_parse_subcommand -r 1 'settings=' 'settings-from=' 'discover=' 'mode=+' '4' '6' 'address=' 'resolver=' 'prefix=' 'relay-test' 'recipient=' 'from=' 'timeout=' 'connect-timeout=' 'patient' 'login=' 'password-file=' 'password-stdin' 'no-input' 'ca-file=' 'servername=' 'min-tls=' 'warn-days=' 'crit-days=' 'only=+' 'skip=+' 'fail-on=' 'for=' 'client=' 'lang=' 'json' 'nagios' 'format=' 'color=' 'q/quiet' 'v/verbose' 'explain=' 'list-checks' 'completion=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __mail-probe_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-probe_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-probe_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __mail-probe_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-probe_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-probe_tokens -p)
    if test -z "$(__mail-probe_tokens -t)"
        set -l index (count (__mail-probe_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-probe' -f
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" settings' -l 'settings' -d 'What was typed into a mail program: key=value lines or JSON; - is stdin.' -rF
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" settings-from' -l 'settings-from' -d 'What the organisation tells its users: such a file, or an autoconfig XML.' -rF
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" discover' -l 'discover' -d 'Show what a mail program finds out about a domain.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe"' -l 'mode' -d 'Only imap, pop3, submission or smtp; several with commas.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" 4' -s '4' -d 'Only IPv4.'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" 6' -s '6' -d 'Only IPv6.'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" address' -l 'address' -d 'Connect there, whatever the names say.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" resolver' -l 'resolver' -d 'Ask this DNS server alone.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" prefix' -l 'prefix' -d 'The IMAP path prefix that the mail program uses.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" relay-test' -l 'relay-test' -d 'Ask whether mail for elsewhere is taken without a login; nothing is sent.'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" recipient' -l 'recipient' -d 'Ask on port 25 for this recipient; nothing is sent.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" from' -l 'from' -d 'After the login, ask whether one may send from this address.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" timeout' -l 'timeout' -d 'For the whole run; 10s.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" connect-timeout' -l 'connect-timeout' -d 'For each connection; 4s.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" patient' -l 'patient' -d 'Wait for the slowest server, up to 90 s.'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" login' -l 'login' -d 'Log in, once for each protocol, only over verified encryption.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" password-file' -l 'password-file' -d 'Read the password from there.' -rF
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" password-stdin' -l 'password-stdin' -d 'Read the password from standard input.'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" no-input' -l 'no-input' -d 'Never ask.'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" ca-file' -l 'ca-file' -d 'Trust these authorities instead of the system\'s.' -rF
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" servername' -l 'servername' -d 'The name to ask for and to find in the certificate.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" min-tls' -l 'min-tls' -d 'Older encryption is a fault: 1.2 or 1.3.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" warn-days' -l 'warn-days' -d 'Warn when a certificate ends within so many days.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" crit-days' -l 'crit-days' -d 'From then on it is critical.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe"' -l 'only' -d 'Only these checks; several with commas.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe"' -l 'skip' -d 'Not these.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" fail-on' -l 'fail-on' -d 'Ends with a code from then on: warning or critical.' -rfka ''
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" for' -l 'for' -d 'Whose next step is told: user, helpdesk or admin.' -rfka 'user helpdesk admin'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" client' -l 'client' -d 'In the words of thunderbird, outlook, apple, android or k9.' -rfka 'any thunderbird outlook apple android k9'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" lang' -l 'lang' -d 'en or sv; else by LC_ALL, LC_MESSAGES, LANG.' -rfka 'en sv'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" json' -l 'json' -d 'One JSON object for each check, the summary last.'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" nagios' -l 'nagios' -d 'One line for Nagios.'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" format' -l 'format' -d 'table, json or ndjson.' -rfka 'table json ndjson'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" color' -l 'color' -d 'auto, always or never.' -rfka 'auto always never'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe"' -l 'quiet' -s 'q' -d 'Only what is wrong; twice: nothing.'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe"' -l 'verbose' -s 'v' -d 'Say why, and show on stderr what was said; secrets as ***.'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" explain' -l 'explain' -d 'Explain one check.' -rfka 'dns.none dns.servfail dns.v6-only dns.address-differs dns.private-address dns.srv-missing dns.srv-mismatch autoconfig.missing autoconfig.wrong net.refused net.filtered net.unreachable net.reset net.port25-blocked net.slow-connect clock.skew proto.silent proto.greeting-slow proto.wrong proto.http proto.unknown proto.busy proto.banner-name proto.capabilities tls.mode.ssl-on-starttls-port tls.mode.plain-on-ssl-port tls.starttls.missing tls.starttls.refused tls.starttls.injection tls.version.old tls.version.deprecated-offered tls.cipher.weak tls.handshake tls.session tls.resumption tls.sni tls.intercepted tls.cert.expired tls.cert.expiring tls.cert.not-yet-valid tls.cert.name tls.cert.self-signed tls.cert.untrusted tls.chain.incomplete tls.chain.order tls.cert.weak tls.cert.differs tls.ocsp tls.dane auth.before-tls auth.not-offered auth.method auth.failed auth.username-form auth.locked auth.no-password-yet auth.disabled auth.protocol-off imap.prefix.needed imap.prefix.wrong imap.special-use imap.quota.full imap.connections pop.leave-on-server smtp.port25-as-submission smtp.relay-denied smtp.open-relay smtp.greylist smtp.sender-refused smtp.size set.port-security set.insecure set.host set.auth set.same-password'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" list-checks' -l 'list-checks' -d 'List all checks.'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" completion' -l 'completion' -d 'Print the completion script of a shell: bash, zsh or fish.' -rfka 'bash zsh fish'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" version' -l 'version' -d 'Show the version.'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_positional "mail-probe" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-probe' -n '__mail-probe_should_offer_completions_for_flags_or_options "mail-probe help" version' -l 'version' -d 'Show the version.'
