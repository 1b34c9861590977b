function __mail-serve_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-serve_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-serve_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-serve_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-serve_parse_tokens -S
    set -l unparsed_tokens (__mail-serve_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-serve'
        __mail-serve_parse_subcommand 0 'config=' 'store=' 'set=+' 'check-config' 'print-config' 'print-listeners' 'print-limits' 'ready-json' 'single-process' 'status' 'reload' 'drain' 'upgrade' 'timeout=' 'json' 'q/quiet' 'completion=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __mail-serve_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-serve_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-serve_parse_subcommand -S -a positional_count
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

function __mail-serve_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-serve_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-serve_tokens -p)
    if test -z "$(__mail-serve_tokens -t)"
        set -l index (count (__mail-serve_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-serve' -f
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" config' -l 'config' -d 'Configuration file.' -rF
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" store' -l 'store' -d 'Folder of the store.' -rfa '(__mail-serve_complete_directories)'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve"' -l 'set' -d 'Set a configuration key; may be repeated.' -rfka ''
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" check-config' -l 'check-config' -d 'Say what is wrong with configuration, store, certificates and ports: 0 or 78.'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" print-config' -l 'print-config' -d 'Print the configuration in force.'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" print-listeners' -l 'print-listeners' -d 'Print the listeners: protocol, address, port, TLS, login, separated by tabs.'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" print-limits' -l 'print-limits' -d 'Print every limit: value, default, key, RFC and reason.'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" ready-json' -l 'ready-json' -d 'Print one line of JSON with the ports when all of them are open.'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" single-process' -l 'single-process' -d 'Serve in this one process: for development.'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" status' -l 'status' -d 'Show the workers of the running server.'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" reload' -l 'reload' -d 'Make the running server read configuration and certificates again.'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" drain' -l 'drain' -d 'Let the sessions of the running server finish, and end it.'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" upgrade' -l 'upgrade' -d 'Make the running server go over to the program that is installed now.'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" timeout' -l 'timeout' -d 'With --drain, --reload, --upgrade: wait no longer.' -rfka ''
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" json' -l 'json' -d 'With --status and --print-limits: as JSON, an object on a line.'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" q quiet' -l 'quiet' -s 'q' -d 'With --check-config: print only what is wrong.'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" completion' -l 'completion' -d 'Print the completion script of a shell: bash, zsh or fish.' -rfka 'bash zsh fish'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" version' -l 'version' -d 'Show the version.'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_positional "mail-serve" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-serve' -n '__mail-serve_should_offer_completions_for_flags_or_options "mail-serve help" version' -l 'version' -d 'Show the version.'
