/// What people here take: seasons, months, days, towns, clubs, first names, and words of every day. Written for this server.
enum SwedishWords {
    static let text = """
        lösenord losenord hejsan hejhej hemlig hemligt sommar vinter höst host vår sverige stockholm göteborg goteborg malmö
        malmo uppsala hejhejhej qwerty123 älskling alskling kärlek karlek fotboll hammarby djurgården djurgarden aik ifk
        blåvitt blavitt bajen hockey mamma pappa farmor mormor morfar farfar barnen familjen hund katt hunden katten häst
        hast hästar kanin potatis banan choklad godis kaffe glass korv solsken stjärna stjarna måne mane himmel blomma
        smultron jordgubb hallon blåbär midsommar jul julafton påsk pask tomten semester helg fredag lördag lordag söndag
        sondag måndag mandag tisdag onsdag torsdag januari februari mars april maj juni juli augusti september oktober
        november december anna maria eva karin kristina lena emma sara kerstin ingrid marie malin jenny hanna sofia linda
        elin johanna susanne annika monica julia birgitta ulla helena ida linnea amanda elsa alice maja alva ebba wilma
        klara lars anders johan per erik karl peter jan mikael thomas daniel fredrik hans andreas stefan mats bengt bo
        marcus niklas magnus jonas patrik oscar oskar martin alexander filip viktor victor david simon emil gustav axel
        hugo elias william lucas liam noah albin ludvig vilgot hampus rasmus tobias robert henrik joakim christian
        andersson johansson karlsson nilsson eriksson larsson olsson persson svensson gustafsson pettersson jonsson jansson
        hansson lindberg lindström berg lund bergström sandberg nyström västerås vasteras örebro orebro linköping linkoping
        helsingborg jönköping norrköping norrkoping lund umeå umea gävle gavle borås boras eskilstuna södertälje karlstad
        täby växjö halmstad sundsvall luleå lulea trollhättan östersund kalmar falun skövde kristianstad visby kiruna
        skellefteå motala lidköping varberg gotland skåne skane dalarna norrland småland värmland lappland universitet
        universitetet högskola hogskola skola skolan student studenten lärare larare arbete jobbet kontor kontoret dator
        datorn telefon internet lösen losen välkommen valkommen administratör användare anvandare konto kontot epost
        inloggning testtest provlösen bibliotek kurs forskning professor doktor tentamen kungen drottning prinsessa prins
        björn bjorn varg vargen räv älg algen lejon tiger fågel fagel fisken fiskare segling segelbåt båten baten cykel
        cykeln moped bilen volvo saab scania ikea ericsson skidor innebandy bandy golf tennis simning löpning musik gitarr
        piano trumma abba bamse pippi emil alfons kalle anka sverige1 svensk svenska svenne viking vikingen vikingar odin
        thor freja svärd skatten guld silver diamant järn stål sten berg dalen skogen skog sjön havet ön älv strand snö
        snöboll isbjörn regnbåge regnbage åska vind solen sola sommarlov jullov sportlov kompis kompisar vänner vanner
        lycka lycklig glad gladast snygg sötnos sotnos gullig gumman gubben raring puss pussar kram kramar hjärta hjarta
        älskar alskar dig mig jagälskardig jagalskardig tjena tjenare hallå halla morgon kväll natten godnatt dröm frihet
        fred evig evigt trygg säker saker nyckel nyckeln dörr fönster huset stuga stugan lägenhet gata gatan torget kyrka
        grön gron gul blå bla röd rod svart vit lila rosa orange ett två tva tre fyra fem sex sju åtta nio tio hundra tusen
        miljon pengar krona kronor kunglig ordning reda äpple apple päron paron apelsin citron tomat gurka morot bullar
        kanelbulle semla lussekatt pepparkaka köttbullar kottbullar pannkaka pannkakor våffla tårta tarta saft mjölk öl vin
        """
}
