# bash completion for mail-probe; made by: mail-probe --completion bash

__mail-probe_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__mail-probe_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__mail-probe_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__mail-probe_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_mail-probe() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=(--quiet -q --verbose -v)
    local -a non_repeating_flags=(-4 -6 --relay-test --patient --password-stdin --no-input --json --nagios --list-checks --version -h --help)
    local -a repeating_options=(--mode --only --skip)
    local -a non_repeating_options=(--settings --settings-from --discover --address --resolver --prefix --recipient --from --timeout --connect-timeout --login --password-file --ca-file --servername --min-tls --warn-days --crit-days --fail-on --for --client --lang --format --color --explain --completion)
    __mail-probe_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--settings')
        __mail-probe_add_completions -f
        return
        ;;
    '--settings-from')
        __mail-probe_add_completions -f
        return
        ;;
    '--discover')
        return
        ;;
    '--mode')
        return
        ;;
    '--address')
        return
        ;;
    '--resolver')
        return
        ;;
    '--prefix')
        return
        ;;
    '--recipient')
        return
        ;;
    '--from')
        return
        ;;
    '--timeout')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--login')
        return
        ;;
    '--password-file')
        __mail-probe_add_completions -f
        return
        ;;
    '--ca-file')
        __mail-probe_add_completions -f
        return
        ;;
    '--servername')
        return
        ;;
    '--min-tls')
        return
        ;;
    '--warn-days')
        return
        ;;
    '--crit-days')
        return
        ;;
    '--only')
        return
        ;;
    '--skip')
        return
        ;;
    '--fail-on')
        return
        ;;
    '--for')
        __mail-probe_add_completions -W 'user'$'\n''helpdesk'$'\n''admin'
        return
        ;;
    '--client')
        __mail-probe_add_completions -W 'any'$'\n''thunderbird'$'\n''outlook'$'\n''apple'$'\n''android'$'\n''k9'
        return
        ;;
    '--lang')
        __mail-probe_add_completions -W 'en'$'\n''sv'
        return
        ;;
    '--format')
        __mail-probe_add_completions -W 'table'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--color')
        __mail-probe_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '--explain')
        __mail-probe_add_completions -W 'dns.none'$'\n''dns.servfail'$'\n''dns.v6-only'$'\n''dns.address-differs'$'\n''dns.private-address'$'\n''dns.srv-missing'$'\n''dns.srv-mismatch'$'\n''autoconfig.missing'$'\n''autoconfig.wrong'$'\n''net.refused'$'\n''net.filtered'$'\n''net.unreachable'$'\n''net.reset'$'\n''net.port25-blocked'$'\n''net.slow-connect'$'\n''clock.skew'$'\n''proto.silent'$'\n''proto.greeting-slow'$'\n''proto.wrong'$'\n''proto.http'$'\n''proto.unknown'$'\n''proto.busy'$'\n''proto.banner-name'$'\n''proto.capabilities'$'\n''tls.mode.ssl-on-starttls-port'$'\n''tls.mode.plain-on-ssl-port'$'\n''tls.starttls.missing'$'\n''tls.starttls.refused'$'\n''tls.starttls.injection'$'\n''tls.version.old'$'\n''tls.version.deprecated-offered'$'\n''tls.cipher.weak'$'\n''tls.handshake'$'\n''tls.session'$'\n''tls.resumption'$'\n''tls.sni'$'\n''tls.intercepted'$'\n''tls.cert.expired'$'\n''tls.cert.expiring'$'\n''tls.cert.not-yet-valid'$'\n''tls.cert.name'$'\n''tls.cert.self-signed'$'\n''tls.cert.untrusted'$'\n''tls.chain.incomplete'$'\n''tls.chain.order'$'\n''tls.cert.weak'$'\n''tls.cert.differs'$'\n''tls.ocsp'$'\n''tls.dane'$'\n''auth.before-tls'$'\n''auth.not-offered'$'\n''auth.method'$'\n''auth.failed'$'\n''auth.username-form'$'\n''auth.locked'$'\n''auth.no-password-yet'$'\n''auth.disabled'$'\n''auth.protocol-off'$'\n''imap.prefix.needed'$'\n''imap.prefix.wrong'$'\n''imap.special-use'$'\n''imap.quota.full'$'\n''imap.connections'$'\n''pop.leave-on-server'$'\n''smtp.port25-as-submission'$'\n''smtp.relay-denied'$'\n''smtp.open-relay'$'\n''smtp.greylist'$'\n''smtp.sender-refused'$'\n''smtp.size'$'\n''set.port-security'$'\n''set.insecure'$'\n''set.host'$'\n''set.auth'$'\n''set.same-password'
        return
        ;;
    '--completion')
        __mail-probe_add_completions -W 'bash'$'\n''zsh'$'\n''fish'
        return
        ;;
    esac

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    help)
        # Offer subcommand argument completions
        "_mail-probe_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'help' -- "${cur}"))
        ;;
    esac
}

_mail-probe_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __mail-probe_offer_flags_options -1
}
# Takes names, a line each: nothing in them is carried out, and what is special in a shell is quoted, but not the @.
__mail-probe_add_names() {
    local name quoted
    compopt +o filenames
    while IFS='' read -r name; do
        printf -v quoted %q "${name}"
        [[ -n "${name}" && ( "${quoted}" = "${cur}"* || "${name}" = "${cur}"* ) ]] && COMPREPLY+=("${quoted}")
    done <<<"${1}"
}

# Puts together again what bash took apart at @ and :, and gives back only what stands for the last of these parts.
__mail-probe_complete() {
    local line="${COMP_LINE:0:COMP_POINT}" word
    local -a joined=()
    local -i index=-1
    for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
        if [[ "${index}" -ge 0 && "${line}" != [[:space:]]* && "${joined[index]: -1}${word:0:1}" = *[@:]* ]]; then
            joined[index]+="${word}"
        else
            joined+=("${word}")
            index+=1
        fi
        line="${line#"${line%%[![:space:]]*}"}"
        line="${line#"${word}"}"
    done
    local -a COMP_WORDS=("${joined[@]}")
    local -i COMP_CWORD="${index}"
    local -r typed="${joined[index]}"
    _mail-probe "${1}" "${typed}" "${joined[index > 0 ? index - 1 : 0]}"
    trap - RETURN
    COMPREPLY=("${COMPREPLY[@]#"${typed%"${2}"}"}")
}

complete -o filenames -F __mail-probe_complete mail-probe
